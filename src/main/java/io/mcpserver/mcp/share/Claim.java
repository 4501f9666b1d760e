package io.mcpserver.mcp.share;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import java.time.Duration;
import java.util.Optional;

/** What becomes of a process that starts on a data folder. */
public sealed interface Claim {

    /** An owner that ends has ten seconds for it. */
    Duration PATIENCE = Duration.ofSeconds(12);

    Duration PAUSE = Duration.ofMillis(15);

    /** It owns the folder. */
    record Owns(OwnerDoor door) implements Claim {}

    /** Another process does, and takes what this one passes on. */
    record Passes(Passage passage) implements Claim {}

    /** It neither owns the folder nor passes on; whoever opens the store finds out more. */
    record Alone() implements Claim {}

    /**
     * Takes the folder or finds its owner, whichever is possible first; neither where nothing can be written there.
     *
     * @throws CodedException as {@link Passage#open}, or if neither is possible in twelve seconds
     */
    static Claim of(ServerConfig config) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return new Owns(OwnerDoor.open(config));
            } catch (StoreException e) {
                if (e.code() != ErrorCode.STORE_LOCKED) {
                    return new Alone();
                }
            }
            Optional<Passage> passage = Passage.open(config);
            if (passage.isPresent()) {
                return new Passes(passage.get());
            }
            if (System.nanoTime() > end) {
                throw Passage.unreachable(config, PATIENCE);
            }
            Thread.sleep(PAUSE);
        }
    }

    /** Takes the folder, if nobody has it. */
    static Claim ofService(ServerConfig config) {
        try {
            return new Owns(OwnerDoor.open(config));
        } catch (StoreException e) {
            return new Alone();
        }
    }
}
