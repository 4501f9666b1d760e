package io.mcpserver.data.backup;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.data.age.AgeOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Packs lines into a backup. Not for several threads. */
final class BackupWriter {

    /** Bytes of a part; one line more may make it somewhat longer. */
    private static final int PART = 1 << 20;

    static final String FIRST = "backup.json";

    private final Optional<AgeOutput> encrypted;
    private final GZIPOutputStream zipped;
    private final TarWriter tar;
    private final ByteArrayOutputStream part = new ByteArrayOutputStream(1 << 16);
    private final List<Manifest.Part> parts = new ArrayList<>();

    /** @param passphrase with which it is encrypted, if it shall be */
    BackupWriter(OutputStream out, Optional<char[]> passphrase, String program, Instant created) throws IOException {
        encrypted = passphrase.isPresent() ? Optional.of(new AgeOutput(out, passphrase.get())) : Optional.empty();
        zipped = new GZIPOutputStream(encrypted.isPresent() ? encrypted.get() : out, 1 << 16);
        tar = new TarWriter(zipped, created.getEpochSecond());
        file(
                FIRST,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("format", Manifest.FORMAT)
                        .put("program", program)
                        .put("created", created.toString())
                        .toString()
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** @param lines whole ones, each with its end */
    void lines(String lines) throws IOException {
        part.write(lines.getBytes(StandardCharsets.UTF_8));
        if (part.size() >= PART) {
            endPart();
        }
    }

    /** The parts so far, for the manifest. */
    List<Manifest.Part> parts() throws IOException {
        if (part.size() > 0) {
            endPart();
        }
        return List.copyOf(parts);
    }

    /** Writes the end; leaves what is below open. */
    void finish(Manifest manifest) throws IOException {
        tar.file(Manifest.NAME, manifest.toJson());
        tar.finish();
        zipped.finish();
        if (encrypted.isPresent()) {
            encrypted.get().finish();
        }
    }

    private void endPart() throws IOException {
        file(nameOfPart(parts.size()), part.toByteArray());
        part.reset();
    }

    private void file(String name, byte[] content) throws IOException {
        tar.file(name, content);
        parts.add(Manifest.Part.of(name, content));
    }

    /** What a file of lines is called, by its place in the backup. */
    static String nameOfPart(int place) {
        return "lines-%06d.jsonl".formatted(place);
    }
}
