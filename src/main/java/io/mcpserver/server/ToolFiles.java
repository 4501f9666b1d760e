package io.mcpserver.server;

import io.mcpserver.config.FileWatch;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.ServerConfig;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    private final LiveConfig config;
    private final Instance<ToolDiscovery> discovery;
    private FileWatch watch;
    private boolean ended;

    ToolFiles(LiveConfig config, Instance<ToolDiscovery> discovery) {
        this.config = config;
        this.discovery = discovery;
    }

    void start(@Observes @Priority(AFTER_THE_CATALOG) StartupEvent event) throws InterruptedException {
        config.onChange(this::replaced);
        if (!config.now().tools().autoDiscover()) {
            return;
        }
        ToolDiscovery files = discovery.get();
        watch();
        CountDownLatch looked = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("mcp-tools-start").start(() -> {
            look(files);
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
            ToolDiscovery files = discovery.get();
            watch = new FileWatch("mcp-tools-watch", directories, () -> look(files));
        }
    }

    private static void look(ToolDiscovery files) {
        try {
            files.look();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("Tool files could not be discovered", e);
        }
    }

    private void replaced(ServerConfig before, ServerConfig after) {
        ServerConfig.Tools old = before.tools();
        ServerConfig.Tools now = after.tools();
        if (!old.directories().equals(now.directories()) || old.autoDiscover() != now.autoDiscover()) {
            watch();
        }
        if (!old.equals(now) || !before.sources().equals(after.sources())) {
            discovery.get().lookAgain();
        }
    }

    synchronized void stop(@Observes ShutdownEvent event) {
        ended = true;
        if (watch != null) {
            watch.close();
        }
    }
}
