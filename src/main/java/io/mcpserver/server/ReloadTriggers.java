package io.mcpserver.server;

import io.mcpserver.config.ConfigRequest;
import io.mcpserver.config.FileWatch;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.reload.ReloadTrigger;
import io.mcpserver.config.reload.Reloader;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** Reloads the configuration on SIGHUP, and on a change of its file while {@code server.watch_config} is on. */
@Singleton
class ReloadTriggers {

    /** After everything that a reload may change has started. */
    private static final int LATE = 100_000;

    private final Instance<Reloader> reloader;
    private final LiveConfig live;
    private final AtomicBoolean asked = new AtomicBoolean();
    private boolean ended;
    private FileWatch watch;

    ReloadTriggers(Instance<Reloader> reloader, LiveConfig live) {
        this.reloader = reloader;
        this.live = live;
    }

    void start(@Observes @Priority(LATE) StartupEvent event) {
        if (LaunchMode.current() != LaunchMode.NORMAL) {
            return;
        }
        ActiveConfig.start().ifPresent(start -> {
            Signals.onHangup(() -> ask(ReloadTrigger.SIGNAL));
            live.onChange(
                    (before, after) -> follow(start.request(), after.server().watchConfig()));
            boolean watched = live.now().server().watchConfig();
            follow(start.request(), watched);
            if (watched && changedSince(start.began(), start.request())) {
                ask(ReloadTrigger.FILE);
            }
        });
    }

    void stop(@Observes ShutdownEvent event) {
        synchronized (this) {
            ended = true;
        }
        follow(null, false);
    }

    /** However often it is asked while a reload waits for its turn, that one serves. */
    private void ask(ReloadTrigger trigger) {
        if (asked.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("reload").start(() -> {
                asked.set(false);
                reloader.get().reload(trigger);
            });
        }
    }

    private synchronized void follow(ConfigRequest request, boolean on) {
        if (on && watch == null && !ended) {
            watch = new FileWatch(
                    "config-watch", request.files(), () -> reloader.get().reload(ReloadTrigger.FILE));
        } else if (!on && watch != null) {
            // It waits for the listener, which may itself be waiting for the reload that switches it off.
            Thread.ofVirtual().start(watch::close);
            watch = null;
        }
    }

    /** Whether a file was written between the start's look at it and the beginning of the watch. */
    private static boolean changedSince(Instant began, ConfigRequest request) {
        return request.files().stream().anyMatch(file -> isNewer(file, began));
    }

    private static boolean isNewer(Path file, Instant than) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isAfter(than);
        } catch (IOException e) {
            return false;
        }
    }
}
