package io.mcpserver.tool.trial;

import io.mcpserver.storage.DocumentStore;
import io.mcpserver.tool.file.AsServed;
import io.mcpserver.tool.file.Surroundings;
import java.util.function.Supplier;

/**
 * What tools may use while they are tried out: as they are served, but for the store.
 *
 * @param tried the store in place of the server's
 */
public record TrialSurroundings(Surroundings served, Supplier<DocumentStore> tried) implements AsServed {

    /** With a store of its own. */
    public static Surroundings with(Surroundings served, TestStore store) {
        return new TrialSurroundings(served, store::store);
    }

    /** With the store of the server, only to be read. */
    public static Surroundings reading(Surroundings served) {
        return new TrialSurroundings(served, () -> new ReadOnlyStore(served.store()));
    }

    @Override
    public DocumentStore store() {
        return tried.get();
    }

    @Override
    public boolean trial() {
        return true;
    }
}
