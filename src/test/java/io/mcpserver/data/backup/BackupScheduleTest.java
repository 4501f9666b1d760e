package io.mcpserver.data.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.DataLine;
import io.mcpserver.data.desk.DataDesk;
import io.mcpserver.data.desk.DeskLine;
import io.mcpserver.storage.index.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupScheduleTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant MORNING = Instant.parse("2026-01-31T06:00:00Z");

    @TempDir
    Path folder;

    @Test
    void theNewestStayAndWhatIsNotOfItIsLeftAlone() throws IOException {
        BackupSchedule schedule = schedule(2, Optional.empty());
        Files.createDirectories(folder.resolve("backups"));
        Path other = Files.writeString(folder.resolve("backups/mcp-server-notes.tar.gz"), "mine");
        try (Shelf shelf = Shelf.open(folder.resolve("data"), Shelf.NO_MODEL)) {
            shelf.save("a", "text");
            for (int day = 0; day < 4; day++) {
                Instant now = MORNING.plus(DAY.multipliedBy(day));
                assertThat(schedule.untilNext(now)).isZero();
                assertThat(schedule.run(line(shelf), now, () -> false)).isPresent();
                assertThat(schedule.untilNext(now.plusSeconds(60))).isEqualTo(DAY.minusSeconds(60));
            }
        }
        assertThat(names())
                .containsExactly(
                        "mcp-server-20260202-060000.tar.gz",
                        "mcp-server-20260203-060000.tar.gz",
                        other.getFileName().toString());
        // Known from the files, so that a restart changes nothing of it.
        assertThat(schedule(2, Optional.empty()).untilNext(MORNING.plus(DAY.multipliedBy(3))))
                .isEqualTo(DAY);
        assertThat(schedule(2, Optional.empty()).untilNext(MORNING.minus(Duration.ofDays(300))))
                .isEqualTo(DAY);
    }

    @Test
    void oneThatFailedIsTriedAgainAndDeletesNone() throws IOException {
        try (Shelf shelf = Shelf.open(folder.resolve("data"), Shelf.NO_MODEL)) {
            schedule(1, Optional.empty()).run(line(shelf), MORNING, () -> false);
            BackupSchedule failing = schedule(1, Optional.of("${file:/no/such/file}"));
            Instant next = MORNING.plus(DAY);
            assertThatThrownBy(() -> failing.run(line(shelf), next, () -> false))
                    .hasMessageContaining("backup.passphrase");
            assertThat(failing.untilNext(next)).isEqualTo(Duration.ofMinutes(10));
            assertThat(names()).containsExactly("mcp-server-20260131-060000.tar.gz");
        }
    }

    private BackupSchedule schedule(int keep, Optional<String> passphrase) {
        return new BackupSchedule(new ServerConfig.Backup(DAY, folder.resolve("backups"), keep, passphrase));
    }

    private DataLine line(Shelf shelf) {
        return new DeskLine(
                new DataDesk(
                        Shelf.config("duckdb", folder.resolve("data"), Shelf.NO_MODEL)
                                .storage(),
                        shelf.service()),
                "here");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("backups"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
