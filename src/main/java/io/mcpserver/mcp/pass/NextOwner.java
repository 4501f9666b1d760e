package io.mcpserver.mcp.pass;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.mcp.share.Claim;
import io.mcpserver.mcp.share.Passage;
import io.mcpserver.mcp.share.ShareFolder;
import io.mcpserver.storage.DirectoryLock;
import io.mcpserver.storage.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Finds the owner of a data folder, and starts one where there is none: a full server as a child of this process, of which
 * only one process does so at a time. The child lives as long as this process has it, and no longer: it ends when its
 * input does.
 *
 * <p>Threads: one at a time. Closing lets the child hand over, and waits for its end.
 */
public final class NextOwner implements Passing.Owners, AutoCloseable {

    /** The owner before may take ten seconds to end, and the next one some to start. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration END_LIMIT = Duration.ofSeconds(11);

    /** Children that ended without having been reached. */
    private static final int MOST_FAILURES = 3;

    private final Supplier<ServerConfig> now;
    private final ShareFolder folder;
    private final ProcessBuilder server;
    private ServerConfig config;
    private DirectoryLock turn;
    private Process child;
    private int failures;

    /**
     * @param data the data folder
     * @param now the configuration with which a server would start on it now
     * @param server starts a full server on that folder
     */
    public NextOwner(Path data, Supplier<ServerConfig> now, ProcessBuilder server) {
        this.now = now;
        this.folder = new ShareFolder(data);
        this.server = server.redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    @Override
    public Passage next(BooleanSupplier wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        // The owner before may have read it again, and so will the next one.
        config = now.get();
        while (true) {
            Optional<Passage> passage = Passage.open(config);
            if (passage.isPresent()) {
                failures = 0;
                dismissUnlessOwner(passage.get().owner());
                return passage.get();
            }
            if (child != null && !child.isAlive()) {
                failures++;
                forgetChild();
            }
            requireHope(wanted, end);
            if (child == null) {
                start();
            }
            Thread.sleep(Claim.PAUSE);
        }
    }

    private void requireHope(BooleanSupplier wanted, long end) {
        if (!wanted.getAsBoolean()) {
            throw new CodedException(ErrorCode.UNAVAILABLE, "This process ends.");
        }
        if (failures >= MOST_FAILURES) {
            throw new CodedException(
                    ErrorCode.UNAVAILABLE,
                    "No server could be started on the data folder %s in place of the one that has ended; what it said is above."
                            .formatted(config.storage().path()));
        }
        if (System.nanoTime() > end) {
            throw Passage.unreachable(config, PATIENCE);
        }
    }

    private void start() {
        DirectoryLock mine;
        try {
            mine = DirectoryLock.acquire(folder.next());
        } catch (StoreException e) {
            requireOwned(e);
            return;
        }
        boolean started = false;
        try {
            if (isFree()) {
                child = server.start();
                turn = mine;
                started = true;
            }
        } catch (IOException e) {
            throw new CodedException(
                    ErrorCode.UNAVAILABLE, "The server that was to own the data folder cannot be started: " + e, e);
        } finally {
            if (!started) {
                mine.close();
            }
        }
    }

    /** Whether nobody owns the folder, not even one that begins or ends. */
    private boolean isFree() {
        try {
            folder.tryOwnership().close();
            return true;
        } catch (StoreException e) {
            requireOwned(e);
            return false;
        }
    }

    /** That a lock is another's is no fault; whatever else keeps it from being taken is. */
    private static void requireOwned(StoreException e) {
        if (e.code() != ErrorCode.STORE_LOCKED) {
            throw e;
        }
    }

    /** A child that came too late, because another process took the folder meanwhile, serves nobody and ends. */
    private void dismissUnlessOwner(long owner) {
        // On Windows the child is the shell of the server.
        if (child != null && child.pid() != owner && child.descendants().noneMatch(process -> process.pid() == owner)) {
            try {
                child.getOutputStream().close();
            } catch (IOException e) {
                // It has ended.
            }
            forgetChild();
        }
    }

    private void forgetChild() {
        child = null;
        turn.close();
    }

    @Override
    public void close() {
        if (child == null) {
            return;
        }
        try {
            child.getOutputStream().close();
            child.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            // It has ended.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        forgetChild();
    }
}
