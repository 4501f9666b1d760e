package io.mcpserver.mcp.edge;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.mcp.extension.Sessions;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the sessions that clients begin and never end: ten for each connection that {@code
 * performance.max_connections} allows. Sessions are counted once a second and estimated in between.
 */
@Singleton
class SessionLimit {

    private static final int SESSIONS_PER_CONNECTION = 10;
    private static final long COUNT_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Sessions sessions;
    private final long max;
    private long counted;
    private long estimate = -1;

    SessionLimit(Sessions sessions, ServerConfig config) {
        this.sessions = sessions;
        this.max = (long) SESSIONS_PER_CONNECTION * config.performance().maxConnections();
    }

    synchronized boolean allowsOneMore() {
        long now = System.nanoTime();
        if (estimate < 0 || now - counted > COUNT_EVERY) {
            counted = now;
            estimate = sessions.count();
        }
        if (estimate >= max) {
            return false;
        }
        estimate++;
        return true;
    }
}
