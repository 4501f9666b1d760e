package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.thread.ReadTurn;
import io.mcpserver.storage.thread.ReaderThreads;
import java.util.function.Function;

/** Reads, each with a view of its own, on a limited number of threads. */
final class Readers implements AutoCloseable {

    private final Current current;
    private final ReaderThreads threads;

    Readers(Current current, int size) {
        this.current = current;
        this.threads =
                new ReaderThreads("lancedb", size, cause -> StorageFault.of("The documents cannot be read", cause));
    }

    <T> T read(Function<View, T> read) {
        ReadTurn turn = new ReadTurn();
        return threads.read(turn, () -> {
            try (View view = current.view(turn)) {
                return read.apply(view);
            }
        });
    }

    /** Lets running reads end for a while, then ends them. */
    @Override
    public void close() {
        threads.close();
    }
}
