package io.mcpserver.server;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.ServerConfig.TransportType;
import io.mcpserver.storage.service.StoreService;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Opens the store behind the back of a server that listens on the network, so that the first client
 * need not wait for it, and tries again where it cannot be opened. Over stdio the first call that needs
 * the store opens it.
 */
@Singleton
class StoreWarmUp {

    private static final Logger LOG = Logger.getLogger(StoreWarmUp.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Instance<StoreService> stores;
    private volatile Thread thread;

    StoreWarmUp(Instance<StoreService> stores) {
        this.stores = stores;
    }

    void start(@Observes StartupEvent event, ServerConfig config) {
        if (config.transport().type() != TransportType.STDIO) {
            StoreService store = stores.get();
            thread = Thread.ofPlatform().daemon().name("store-warm-up").start(() -> open(store));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private static void open(StoreService store) {
        String said = "";
        while (!store.isOpen()) {
            try {
                store.store();
            } catch (RuntimeException | LinkageError e) {
                if (Thread.currentThread().isInterrupted()) {
                    // The end of the process was in the way, not a fault.
                    return;
                }
                // Said once, not every few seconds.
                if (!said.equals(e.getMessage())) {
                    said = String.valueOf(e.getMessage());
                    LOG.errorf("The store cannot be opened; trying again every %d s: %s", RETRY.toSeconds(), said);
                }
                try {
                    Thread.sleep(RETRY);
                } catch (InterruptedException ended) {
                    return;
                }
            }
        }
    }
}
