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
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

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

    private final ServerConfig config;
    private final ShareFolder folder;
    private final ProcessBuilder server;
    private DirectoryLock turn;
    private Process child;
    private int failures;

    /** @param server starts a full server on the data folder of {@code config} */
    public NextOwner(ServerConfig config, ProcessBuilder server) {
        this.config = config;
        this.folder = new ShareFolder(config.storage().path());
        this.server = server.redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    @Override
    public Passage next(BooleanSupplier wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<Passage> passage = Passage.open(config);
            if (passage.isPresent()) {
                failures = 0;
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
        } catch (StoreException anotherDoes) {
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
        } catch (StoreException owned) {
            return false;
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
        turn.close();
        child = null;
    }
}
