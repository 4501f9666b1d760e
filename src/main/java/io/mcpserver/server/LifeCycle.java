package io.mcpserver.server;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.ServerConfig.TransportType;
import io.mcpserver.mcp.edge.OpenCalls;
import io.mcpserver.mcp.edge.OpenStreams;
import io.mcpserver.mcp.stdio.StdioTransport;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Starts the chosen transport and ends it in an orderly way: no call that was let in goes unanswered. */
@Singleton
class LifeCycle {

    private static final Logger LOG = Logger.getLogger(LifeCycle.class);

    /** Leaves two of the ten seconds after which process managers kill. */
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(8);

    /** For calls of clients that go on with another process, which wait meanwhile. */
    private static final Duration HAND_OVER_LIMIT = Duration.ofSeconds(5);

    private final Instance<StdioTransport> stdio;
    private final Instance<OpenCalls> calls;
    private final Instance<OpenStreams> streams;
    private final Instance<DataFolder> folder;
    private Thread handingOver;

    LifeCycle(
            Instance<StdioTransport> stdio,
            Instance<OpenCalls> calls,
            Instance<OpenStreams> streams,
            Instance<DataFolder> folder) {
        this.stdio = stdio;
        this.calls = calls;
        this.streams = streams;
        this.folder = folder;
    }

    void start(@Observes StartupEvent event, ServerConfig config) {
        boolean overStdio = config.transport().type() == TransportType.STDIO;
        if (overStdio) {
            stdio.get().start(this::exit);
        }
        folder.get().serve();
        // After the transport was started: only then can it be ended.
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            Signals.onTerminate(overStdio ? this::endStdio : this::endHttp);
        }
    }

    void listening(@ObservesAsync HttpServerStart event) {
        ServiceManager.ready();
    }

    private void endStdio() {
        handOver();
        stdio.get().drain(DRAIN_LIMIT);
    }

    private void endHttp() {
        ServiceManager.stopping();
        handOver();
        try {
            int unanswered = calls.get().drain(DRAIN_LIMIT);
            if (unanswered > 0) {
                LOG.warnf("%d calls were not answered within %d s", unanswered, DRAIN_LIMIT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        streams.get().closeAll();
        exit();
    }

    private void exit() {
        // Without a signal, as at the end of input, nobody else sees to it; what starts tests is not to end with them.
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            Signals.endInTime();
        }
        try {
            handOver().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Quarkus.asyncExit(0);
    }

    /** Begins it, once; beside the end of this server's own calls, because there is one limit for both. */
    private synchronized Thread handOver() {
        if (handingOver == null) {
            handingOver = Thread.ofPlatform().daemon().name("hand-over").start(() -> folder.get()
                    .handOver(HAND_OVER_LIMIT));
        }
        return handingOver;
    }
}
