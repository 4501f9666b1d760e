package io.mcpserver.server;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.mcp.share.OwnerDoor;
import io.mcpserver.mcp.stdio.PassedTalks;
import io.mcpserver.storage.StoreException;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * The ownership of the data folder by this process: had from the start, or taken when the store is first needed and the
 * owner of that time has gone. Other processes of the user pass on what their clients say, and are served from then on.
 *
 * <p>Threads: safe for any number of callers.
 */
@Singleton
class DataFolder {

    private final ServerConfig config;
    private final Instance<PassedTalks> passed;
    private final boolean shares;
    private Optional<OwnerDoor> door;
    private boolean over;

    DataFolder(ServerConfig config, Instance<PassedTalks> passed) {
        this.config = config;
        this.passed = passed;
        this.door = ActiveConfig.start().flatMap(ServerStart::door);
        this.shares = ActiveConfig.start().map(ServerStart::shares).orElse(false);
    }

    /** Serves whoever has come in, and will. */
    synchronized void serve() {
        door.ifPresent(open -> passed.get().serve(open));
    }

    /**
     * Sees to it that this process owns the folder, before it opens the store.
     *
     * @throws StoreException {@code STORE_LOCKED} if another process does
     */
    synchronized void own() {
        if (!shares || over || door.isPresent()) {
            return;
        }
        try {
            door = Optional.of(OwnerDoor.open(config));
            serve();
        } catch (StoreException e) {
            if (e.code() == ErrorCode.STORE_LOCKED) {
                throw e;
            }
            // Whoever opens the store finds out more of a folder in which nothing can be written.
        }
    }

    /** Has the other processes go on with the next owner; what they said is answered, at most {@code limit} long. */
    void handOver(Duration limit) {
        Optional<OwnerDoor> open;
        synchronized (this) {
            over = true;
            open = door;
        }
        if (open.isPresent()) {
            open.get().shut();
            passed.get().handOver(limit);
        }
    }
}
