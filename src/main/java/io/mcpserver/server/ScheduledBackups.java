package io.mcpserver.server;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.backup.Backup;
import io.mcpserver.data.backup.BackupSchedule;
import io.mcpserver.data.desk.DataDesk;
import io.mcpserver.data.desk.DeskLine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Makes the backups that {@code backup.interval} asks for, on a thread of its own, and adds them to the metrics as {@code
 * mcp_backups_seconds} by outcome. What fails is told in the log and tried again.
 */
@Singleton
class ScheduledBackups {

    private static final Logger LOG = Logger.getLogger(ScheduledBackups.class);
    private static final long PATIENCE_MILLIS = 2_000;

    private final Instance<DataDesk> desk;
    private final Instance<MeterRegistry> registry;
    private final CountDownLatch ending = new CountDownLatch(1);
    private volatile Thread thread;

    ScheduledBackups(Instance<DataDesk> desk, Instance<MeterRegistry> registry) {
        this.desk = desk;
        this.registry = registry;
    }

    void start(@Observes StartupEvent event, ServerConfig config) {
        if (!config.backup().interval().isZero()) {
            BackupSchedule schedule = new BackupSchedule(config.backup());
            thread = Thread.ofPlatform().daemon().name("backups").start(() -> run(schedule));
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        ending.countDown();
        if (thread != null) {
            thread.join(PATIENCE_MILLIS);
        }
    }

    private void run(BackupSchedule schedule) {
        try {
            while (!ending.await(schedule.untilNext(Instant.now()).toMillis() + 1, TimeUnit.MILLISECONDS)) {
                make(schedule);
            }
        } catch (InterruptedException e) {
            LOG.debug("ended", e);
        }
    }

    private void make(BackupSchedule schedule) {
        Timer.Sample taken = Timer.start();
        try {
            Optional<Backup> made =
                    schedule.run(new DeskLine(desk.get(), "this server"), Instant.now(), () -> ending.getCount() == 0);
            made.ifPresent(backup -> {
                taken.stop(timer("ok"));
                LOG.infof(
                        "Backed up %d documents to %s, %d bytes",
                        backup.manifest().documents(), backup.file(), backup.size());
            });
        } catch (RuntimeException | Error e) {
            // The next is due all the same.
            taken.stop(timer("failed"));
            LOG.errorf("No backup could be made; it is tried again: %s", e.getMessage());
        }
    }

    private Timer timer(String outcome) {
        return Timer.builder("mcp.backups")
                .description("Backups that the server made by itself")
                .tag("outcome", outcome)
                .register(registry.get());
    }
}
