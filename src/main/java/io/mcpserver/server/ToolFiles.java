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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Has tool files discovered before the first client is answered, whenever they change, and whenever the configuration
 * does that they are held against.
 */
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
    private FileWatch watch;
    private boolean ended;

    ToolFiles(LiveConfig config, ToolCatalog catalog, Instance<ToolDiscovery> discovery) {
        this.config = config;
        this.catalog = catalog;
        this.discovery = discovery;
    }

    void start(@Observes @Priority(AFTER_THE_CATALOG) StartupEvent event) throws InterruptedException {
        config.onChange(this::replaced);
        if (!config.now().tools().autoDiscover()) {
            return;
        }
        watch();
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

    private synchronized void watch() {
        if (ended) {
            return;
        }
        if (watch != null) {
            watch.close();
            watch = null;
        }
        ServerConfig.Tools tools = config.now().tools();
        List<Path> directories = tools.autoDiscover() ? tools.directories() : List.of();
        if (!directories.isEmpty()) {
            watch = new FileWatch("mcp-tools-watch", directories, this::look);
        }
    }

    /** Made when first needed: a server without tool files does without. */
    private ToolDiscovery files() {
        // Not the lock of this object: under it the end of the watch is waited for, which looks.
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
            files().look();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("Tool files could not be discovered", e);
        }
    }

    private void replaced(ServerConfig before, ServerConfig after) {
        ServerConfig.Tools old = before.tools();
        ServerConfig.Tools now = after.tools();
        ToolFilesChange change = ToolFilesChange.between(before, after);
        if (change.moved()) {
            watch();
        }
        if (change.allowed()) {
            files().lookAgain();
        } else if (!change.isNone()) {
            files().look();
        }
        if (!old.confirm().equals(now.confirm())) {
            catalog.warnOfUnknown(now.confirm());
        }
    }

    synchronized void stop(@Observes ShutdownEvent event) {
        ended = true;
        if (watch != null) {
            watch.close();
        }
    }
}
