package io.mcpserver.storage.tinydb;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.FolderFlush;
import io.mcpserver.storage.StoreException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Where a store keeps its things.
 *
 * @param directory {@code storage.path}
 */
record TinyDbFiles(Path directory) {

    /** Bytes of a file that is read, whoever wrote it. */
    private static final long MOST_BYTES = 256L << 20;

    private static final int BUFFER = 64 << 10;

    private static final String DOCUMENTS = "documents.json";
    private static final String PREVIOUS = "documents.previous.json";
    private static final String STATE = "documents.state";
    private static final String NEXT_STATE = "documents.state.next";
    private static final String JOURNAL = "documents.journal";

    /** What a store keeps in its directory. */
    static final Set<String> NAMES = Set.of(DOCUMENTS, PREVIOUS, STATE, NEXT_STATE, JOURNAL);

    /** What changes when somebody writes a file or puts another in its place. */
    record Stamp(long size, long modified, Object key) {}

    /** The documents; the file itself where a link stands for it. */
    Path documents() {
        Path file = directory.resolve(DOCUMENTS);
        try {
            return Files.isSymbolicLink(file) && Files.exists(file) ? file.toRealPath() : file;
        } catch (IOException e) {
            return file;
        }
    }

    /** The documents as they were before the last checkpoint. */
    Path previous() {
        return directory.resolve(PREVIOUS);
    }

    Path state() {
        return directory.resolve(STATE);
    }

    /** The state that belongs to the documents that are about to be put in place. */
    Path nextState() {
        return directory.resolve(NEXT_STATE);
    }

    Path journal() {
        return directory.resolve(JOURNAL);
    }

    /**
     * The bytes of the documents' file.
     *
     * @throws StoreException {@code TOO_LARGE} beyond {@link #MOST_BYTES}
     */
    static byte[] read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new StoreException(
                    ErrorCode.TOO_LARGE,
                    "The file " + file + " has more than " + MOST_BYTES
                            + " bytes, which the tinydb engine is not made for: import it into storage.type: duckdb.");
        }
        return Files.readAllBytes(file);
    }

    /** Empty where there is no such file. */
    static Optional<Stamp> stamp(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(
                    new Stamp(found.size(), found.lastModifiedTime().to(TimeUnit.NANOSECONDS), found.fileKey()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Writes the bytes of a file. */
    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    /**
     * A file that was written beside the one that it may replace.
     *
     * @param digest of its bytes
     */
    record Written(Path path, String digest, long size) {}

    /** Writes a file beside another, durably, with the rights that the other has. */
    static Written writeBeside(Path file, Writing writing) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            MessageDigest digest = TinyDbBaseline.sha256();
            OutputStream out =
                    new BufferedOutputStream(new DigestOutputStream(Channels.newOutputStream(channel), digest), BUFFER);
            writing.to(out);
            out.flush();
            copyRights(file, temporary);
            channel.force(true);
            return new Written(temporary, HexFormat.of().formatHex(digest.digest()), channel.size());
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    /** Puts a file in the place of another, durably; everybody sees one or the other, whole. */
    static void replace(Path source, Path target) throws IOException {
        rename(source, target);
        FolderFlush.flush(target.toAbsolutePath().getParent());
    }

    /** Puts a file in the place of another; the names are not flushed. */
    static void rename(Path source, Path target) throws IOException {
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copyRights(Path from, Path to) throws IOException {
        PosixFileAttributeView rights =
                Files.getFileAttributeView(from, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (rights != null && Files.exists(from)) {
            Files.setPosixFilePermissions(to, rights.readAttributes().permissions());
        }
    }
}
