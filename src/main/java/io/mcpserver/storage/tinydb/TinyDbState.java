package io.mcpserver.storage.tinydb;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.FieldPath;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.journal.DocumentKey;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the store must know and TinyDB's file has no place for: sequences, what is left of deleted documents, settings, how
 * far the journal was applied, and the digest of the file that it belongs to. The last line of the file is a checksum.
 *
 * @param digest of the documents' file
 * @param applied number of the newest record of the journal in it
 * @param sequence of the newest change in it
 * @param documents in any order
 * @param deleted in any order
 */
record TinyDbState(
        int format,
        String digest,
        long applied,
        long sequence,
        Map<String, CollectionSettings> settings,
        List<Entry> documents,
        List<Entry> deleted) {

    private static final int FORMAT = 1;

    private static final JsonMapper MAPPER =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    /**
     * One id.
     *
     * @param number TinyDB's id; 0 for a deleted document
     * @param created microseconds since the epoch
     * @param updated microseconds since the epoch
     * @param checksum of the content; empty for a deleted document
     */
    record Entry(
            String collection,
            String id,
            long number,
            long version,
            long created,
            long updated,
            long sequence,
            String checksum) {

        static Entry of(TinyDbContents.Known known, long number) {
            return new Entry(
                    known.key().collection(),
                    known.key().id(),
                    number,
                    known.head().version(),
                    FieldPath.micros(known.head().created()),
                    FieldPath.micros(known.head().updated()),
                    known.sequence(),
                    known.checksum());
        }

        DocumentKey key() {
            return new DocumentKey(collection, id);
        }
    }

    /**
     * The state of a snapshot.
     *
     * @param numbers TinyDB's id of each document
     */
    static TinyDbState of(String digest, TinyDbContents.Snapshot snapshot, Map<DocumentKey, Long> numbers) {
        List<Entry> documents = new ArrayList<>();
        List<Entry> deleted = new ArrayList<>();
        for (TinyDbContents.Known known : snapshot.known()) {
            if (known.head().live()) {
                documents.add(Entry.of(known, numbers.get(known.key())));
            } else {
                deleted.add(Entry.of(known, 0));
            }
        }
        return new TinyDbState(
                FORMAT, digest, snapshot.applied(), snapshot.sequence(), snapshot.settings(), documents, deleted);
    }

    void write(OutputStream out) throws IOException {
        String text = MAPPER.writeValueAsString(this);
        out.write((text + "\n" + TinyDbBaseline.digest(text) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a state; empty where there is none.
     *
     * @throws StoreException {@code STORE_UNAVAILABLE} if it is damaged or of a newer program
     */
    static Optional<TinyDbState> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] lines = Files.readString(file, StandardCharsets.UTF_8).split("\n");
        try {
            if (lines.length != 2 || !TinyDbBaseline.digest(lines[0]).equals(lines[1])) {
                throw refused(file, "is damaged", null);
            }
            int format = MAPPER.readTree(lines[0]).path("format").asInt();
            if (format > FORMAT) {
                throw new StoreException(
                        ErrorCode.STORE_UNAVAILABLE,
                        "The file " + file + " was written by a newer version of this program (format " + format
                                + ", this one knows " + FORMAT + "): start that version.");
            }
            return Optional.of(MAPPER.readValue(lines[0], TinyDbState.class));
        } catch (JacksonException e) {
            throw refused(file, "cannot be read", e);
        }
    }

    /** Whether a file that {@link #read} refuses is of a newer program, and not damaged. */
    static boolean isOfNewerProgram(Path file) {
        try (Stream<String> lines = Files.exists(file) ? Files.lines(file) : Stream.empty()) {
            Optional<String> first = lines.findFirst();
            return first.isPresent()
                    && MAPPER.readTree(first.get()).path("format").asInt() > FORMAT;
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    private static StoreException refused(Path file, String why, Exception cause) {
        return new StoreException(
                ErrorCode.STORE_UNAVAILABLE,
                "The file " + file + " " + why
                        + ". Restore a backup, or move it and the folder documents.journal elsewhere to take the"
                        + " documents as documents.json has them.",
                cause);
    }
}
