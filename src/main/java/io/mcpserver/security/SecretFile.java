package io.mcpserver.security;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The secret that a data folder keeps, in the file {@value #NAME}: one line of text, which only its
 * owner may read. It appears whole or not at all, and the first one stays.
 */
final class SecretFile {

    static final String NAME = "secret";

    /** As the schema demands of {@code security.secret}. */
    static final int MIN_CHARACTERS = 32;

    private static final int RANDOM_BYTES = 32;
    private static final int MAX_BYTES = 4096;

    private final Path directory;
    private final Path file;

    SecretFile(Path directory) {
        this.directory = directory;
        this.file = directory.resolve(NAME);
    }

    /** A new secret: 256 random bits. */
    static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    Path directory() {
        return directory;
    }

    /**
     * The secret that is kept; empty where there is no file.
     *
     * @throws CodedException {@code STORE_UNAVAILABLE} if the file cannot be read, is empty or too short
     */
    Optional<String> read() {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip();
            if (text.length() < MIN_CHARACTERS) {
                throw unusable(text.isEmpty() ? "is empty" : "has fewer than " + MIN_CHARACTERS + " characters", null);
            }
            return Optional.of(text);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unusable("cannot be read (" + reason(e) + ")", e);
        }
    }

    /**
     * Keeps a secret, unless another one is kept by now.
     *
     * @return the secret that is kept
     * @throws IOException if the folder cannot be written
     */
    String keep(String secret) throws IOException {
        Files.createDirectories(directory);
        // Temporary files of the JDK are their owner's only, where a file system knows owners.
        Path whole = Files.createTempFile(directory, "." + NAME + "-", ".tmp");
        try {
            Files.writeString(whole, secret + "\n", StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
            publish(whole);
        } catch (FileAlreadyExistsException e) {
            // Somebody else was first.
        } finally {
            Files.deleteIfExists(whole);
        }
        return read().orElseThrow(() -> new NoSuchFileException(file.toString()));
    }

    private void publish(Path whole) throws IOException {
        try {
            Files.createLink(file, whole);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // Not every file system has links; a move also refuses to replace what is there.
            Files.move(whole, file);
        }
    }

    /** Why an operation failed, in a few words. */
    static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException refused -> "permission denied";
            case FileAlreadyExistsException taken -> "a file is in its place";
            case NoSuchFileException missing -> "the folder cannot be made";
            case FileSystemException told when told.getReason() != null -> told.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    private CodedException unusable(String what, IOException cause) {
        return new CodedException(
                ErrorCode.STORE_UNAVAILABLE,
                "The secret in " + file + " " + what
                        + ". Let this user read it, or delete it so that a new one is made (the sessions of clients end"
                        + " then), or set security.secret.",
                cause);
    }
}
