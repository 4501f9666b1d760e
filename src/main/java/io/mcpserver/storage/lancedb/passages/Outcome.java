package io.mcpserver.storage.lancedb.passages;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * What a search on another thread came to, with the failure as it was thrown there.
 *
 * @param value where nothing failed
 */
record Outcome<T>(T value, Optional<Exception> failure) {

    static <T> Outcome<T> of(Callable<T> search) throws Exception {
        try {
            return new Outcome<>(search.call(), Optional.empty());
        } catch (IOException | InterruptedException e) {
            return new Outcome<>(null, Optional.of(e));
        }
    }

    T get() throws IOException, InterruptedException {
        return switch (failure.orElse(null)) {
            case IOException io -> throw io;
            case InterruptedException interrupted -> throw interrupted;
            case null, default -> value;
        };
    }
}
