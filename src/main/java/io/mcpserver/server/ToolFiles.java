package io.mcpserver.server;

import io.mcpserver.config.FileWatch;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.catalog.ToolCatalog;
import io.mcpserver.tool.discovery.DiscoveryReport;
import io.mcpserver.tool.discovery.ToolDiscovery;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Has tool files discovered before the first client is answered, and whenever they change. */
@Singleton
class ToolFiles {

    private static final Logger LOG = Logger.getLogger(ToolFiles.class);

    /** After the catalog has its own tools, before everything that answers, which observes without a priority. */
    private static final int AFTER_THE_CATALOG = 2;

    /** Files that take longer come in while clients are answered already. */
    private static final Duration LONGEST_START = Duration.ofSeconds(10);

    /** After it a look is repeated that could not settle a file. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final LiveConfig config;
    private final ToolCatalog catalog;
    private final Instance<ToolDiscovery> discovery;
    private final AtomicBoolean again = new AtomicBoolean();
    private ToolDiscovery files;
    private Optional<FileWatch> watch = Optional.empty();
    private boolean ended;

    ToolFiles(LiveConfig config, ToolCatalog catalog, Instance<ToolDiscovery> discovery) {
        this.config = config;
        this.catalog = catalog;
        this.discovery = discovery;
    }

    void start(@Observes @Priority(AFTER_THE_CATALOG) StartupEvent event) throws InterruptedException {
        ServerConfig.Tools tools = config.now().tools();
        if (!tools.autoDiscover()) {
            return;
        }
        follow(watch(tools));
        CountDownLatch looked = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("mcp-tools-start").start(() -> {
            look();
            looked.countDown();
        });
        if (!looked.await(LONGEST_START.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warnf(
                    "The tool files are not all read after %d s; clients are answered already, and their tools will come",
                    LONGEST_START.toSeconds());
        }
    }

    /** Watches the folders from now on; empty where there are none to watch. */
    Optional<FileWatch> watch(ServerConfig.Tools tools) {
        return tools.autoDiscover() && !tools.directories().isEmpty()
                ? Optional.of(new FileWatch("mcp-tools-watch", tools.directories(), this::look))
                : Optional.empty();
    }

    /** Has this watch in place of the one before; not to be called in the turn of a look, because the end of a watch waits. */
    void follow(Optional<FileWatch> next) {
        Optional<FileWatch> over;
        synchronized (this) {
            over = ended ? next : watch;
            watch = ended ? watch : next;
        }
        over.ifPresent(FileWatch::close);
    }

    /** Made when first needed: a server without tool files does without. */
    ToolDiscovery discovered() {
        synchronized (discovery) {
            if (files == null) {
                files = discovery.get();
                files.onLook(this::looked);
            }
            return files;
        }
    }

    private void looked(DiscoveryReport report) {
        catalog.warnOfUnknown(config.now().tools().confirm());
        if (report.again() && again.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(
                            AGAIN.toMillis(),
                            TimeUnit.MILLISECONDS,
                            Thread.ofPlatform().daemon().name("mcp-tools-again")::start)
                    .execute(() -> {
                        again.set(false);
                        look();
                    });
        }
    }

    private void look() {
        try {
            discovered().look();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("Tool files could not be discovered", e);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        Optional<FileWatch> over;
        synchronized (this) {
            ended = true;
            over = watch;
            watch = Optional.empty();
        }
        over.ifPresent(FileWatch::close);
    }
}
