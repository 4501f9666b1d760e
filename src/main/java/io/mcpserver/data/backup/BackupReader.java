package io.mcpserver.data.backup;

import io.mcpserver.data.age.AgeInput;
import io.mcpserver.data.age.EncryptionException;
import io.mcpserver.data.lines.BadLineException;
import io.mcpserver.data.lines.StoreLine;
import io.mcpserver.data.lines.StoreLineText;
import io.mcpserver.data.transfer.Steps;
import io.mcpserver.storage.StorageFault;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a backup from its beginning to its end, and checks everything in it: form, names, sizes, checksums, every line,
 * counts, and that nothing is missing or behind its end. Not for several threads.
 */
public final class BackupReader {

    /** Bytes of one file within a backup. */
    private static final int MOST_BYTES = 16 << 20;

    private static final int BUFFER = 1 << 16;
    private static final int BEGINNING = 64;

    private final Path file;
    private final Optional<char[]> passphrase;
    private final List<Manifest.Part> parts = new ArrayList<>();
    private Optional<Manifest> manifest = Optional.empty();
    private long documents;
    private long deleted;
    private long settings;

    private BackupReader(Path file, Optional<char[]> passphrase) {
        this.file = file;
        this.passphrase = passphrase;
    }

    /** Whether a file is encrypted. */
    public static boolean isEncrypted(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return AgeInput.isEncrypted(in.readNBytes(BEGINNING));
        } catch (IOException e) {
            throw StorageFault.of(file + " cannot be read", e);
        }
    }

    /**
     * Reads a backup.
     *
     * @param lines gets the lines of one part after the other, each after its own checks and before those of the whole:
     *     what is made of them counts only when this returns
     * @return what the backup says about itself, and what was found to be so
     * @throws BadBackupException if it is no whole, undamaged backup
     */
    public static Manifest read(Path file, Optional<char[]> passphrase, Steps steps, Consumer<List<StoreLine>> lines) {
        return new BackupReader(file, passphrase).read(steps, lines);
    }

    private Manifest read(Steps steps, Consumer<List<StoreLine>> lines) {
        boolean encrypted = isEncrypted(file);
        if (encrypted && passphrase.isEmpty()) {
            throw new BadBackupException("The backup " + file
                    + " is encrypted: give its passphrase with --passphrase-file or MCP_BACKUP_PASSPHRASE.");
        }
        try (InputStream raw = Files.newInputStream(file);
                CountedInput counted = new CountedInput(new BufferedInputStream(raw, BUFFER));
                InputStream plain = encrypted ? new AgeInput(counted, passphrase.get()) : counted;
                InputStream in = new GZIPInputStream(plain, BUFFER)) {
            long total = Files.size(file);
            TarReader tar = new TarReader(in, MOST_BYTES);
            Optional<TarReader.TarFile> next = tar.next();
            while (next.isPresent()) {
                accept(next.get(), lines);
                steps.at(counted.count(), total);
                next = tar.next();
            }
            // So that the end of the encryption is read, which tells whether something was cut off.
            if (plain.read() >= 0) {
                throw new BadBackupException("There is something behind its end.");
            }
            return whole();
        } catch (BadBackupException e) {
            throw new BadBackupException("The backup " + file + " is refused. " + e.getMessage(), e);
        } catch (EncryptionException e) {
            throw new BadBackupException("The backup " + file + " is refused: it " + e.getMessage() + ".", e);
        } catch (ZipException | EOFException e) {
            throw new BadBackupException(
                    "The backup " + file + " is refused: it is damaged, cut off, or no backup.", e);
        } catch (IOException e) {
            throw StorageFault.of(file + " cannot be read", e);
        }
    }

    private void accept(TarReader.TarFile part, Consumer<List<StoreLine>> lines) {
        if (manifest.isPresent()) {
            throw new BadBackupException("There is a file behind its manifest.");
        }
        if (parts.isEmpty()) {
            if (!part.name().equals(BackupWriter.FIRST)) {
                throw new BadBackupException("It does not begin as a backup.");
            }
            Manifest.requireKnown(part.content());
        } else if (part.name().equals(Manifest.NAME)) {
            manifest = Optional.of(Manifest.read(part.content()));
            return;
        } else if (part.name().equals(BackupWriter.nameOfPart(parts.size()))) {
            lines.accept(lines(part));
        } else {
            throw new BadBackupException("There is a file in it that does not belong there.");
        }
        parts.add(Manifest.Part.of(part.name(), part.content()));
    }

    private List<StoreLine> lines(TarReader.TarFile part) {
        List<StoreLine> read = new ArrayList<>();
        long number = 0;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(part.content()))
                    .toString();
            for (String line : (Iterable<String>) text.lines()::iterator) {
                number++;
                StoreLine one = StoreLineText.read(line);
                count(one);
                read.add(one);
            }
            return read;
        } catch (BadLineException e) {
            throw new BadBackupException(
                    "Line " + number + " of its file '" + part.name() + "' " + e.getMessage() + ".", e);
        } catch (CharacterCodingException e) {
            throw new BadBackupException("Its file '" + part.name() + "' is no UTF-8.", e);
        }
    }

    private void count(StoreLine line) {
        switch (line) {
            case StoreLine.Settings one -> settings++;
            case StoreLine.Stored one when one.document().deleted() -> deleted++;
            case StoreLine.Stored one -> documents++;
        }
    }

    private Manifest whole() {
        Manifest found = manifest.orElseThrow(
                () -> new BadBackupException("It has no manifest, so that some of it is missing."));
        if (found.format() != Manifest.FORMAT) {
            throw new BadBackupException("Its manifest is of another form.");
        }
        if (!found.parts().equals(parts)) {
            throw new BadBackupException("Its files are not those of its manifest, by name, size or checksum.");
        }
        if (found.documents() != documents || found.deleted() != deleted || found.settings() != settings) {
            throw new BadBackupException(
                    "It has %d documents, %d deleted ids and settings of %d collections, and its manifest says %d, %d and %d."
                            .formatted(
                                    documents,
                                    deleted,
                                    settings,
                                    found.documents(),
                                    found.deleted(),
                                    found.settings()));
        }
        return found;
    }
}
