package io.mcpserver.storage.tinydb;

import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Reads the documents' file while others may be writing it: Python's TinyDB writes in place, editors cut a file before they
 * fill it.
 */
final class TinyDbReading {

    private static final int ATTEMPTS = 5;
    private static final long PAUSE_MILLIS = 100;

    /** What was found in a file. */
    record Found(String digest, TinyDbTables tables) {}

    private final TinyDbFiles files;

    TinyDbReading(TinyDbFiles files) {
        this.files = files;
    }

    /**
     * Reads the file, if it is another than the one with this digest; waits a moment for one that makes no sense.
     *
     * @param expected documents that were in it
     * @throws StoreException {@code STORE_UNAVAILABLE} if it goes on making none
     */
    Optional<Found> read(String known, int expected) {
        Path file = files.documents();
        for (int attempt = 1; ; attempt++) {
            try {
                byte[] bytes = TinyDbFiles.read(file);
                String digest = TinyDbBaseline.digest(bytes);
                if (digest.equals(known)) {
                    return Optional.empty();
                }
                TinyDbOpening.requireDocuments(file, true, bytes.length, expected);
                return Optional.of(new Found(digest, TinyDbTables.read(file, bytes)));
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw StorageFault.of("The file " + file + " cannot be read", e);
                }
            } catch (StoreException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
            pause();
        }
    }

    /** The digest of the file as it is. */
    String digest() throws IOException {
        return TinyDbBaseline.digest(TinyDbFiles.read(files.documents()));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TinyDbContents.givenUp();
        }
    }
}
