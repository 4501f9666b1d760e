package io.mcpserver.storage.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.storage.index.ShelfOpener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After a flush of DuckDB's log that failed, the next that works does not count before the log was written again: the system
 * takes for flushed what the disk refused. Seen by strace.
 */
@Tag("system")
class DuckDbFlushTest {

    private static final String LOG = "documents.duckdb.wal>";

    @TempDir
    Path root;

    @Test
    void a_log_that_could_not_be_flushed_is_written_again_before_anything_counts() throws Exception {
        Injection.assumePossible();
        Path trace = root.resolve("trace");
        List<String> told = new ArrayList<>();
        try (FaultyProcess process = FaultyProcess.start(
                ShelfOpener.DuckDb.class, System.getProperty("java.class.path"), root.resolve("victim.log"))) {
            Fault third = new Fault(List.of("fsync"), "EIO", 3, 3, 0);
            try (Injection injection =
                    Injection.of(third, process.pid(), trace, "write", "pwrite64", "unlink", "rename")) {
                process.command("RUN " + root.resolve("data") + " 1 false", told::add);
            }
        }
        List<String> log = Files.readAllLines(trace).stream()
                .filter(line -> line.contains(LOG))
                .toList();
        int failed = index(log, 0, "fsync(", "INJECTED");
        assertThat(failed).as("a flush of the log that failed").isNotNegative();
        int flushed = index(log, failed + 1, "fsync(", "= 0");
        assertThat(log.subList(failed, flushed))
                .as("written from its beginning before it is flushed again")
                .anyMatch(line -> line.contains("pwrite64(") && line.contains(", 0) ="));
        assertThat(told).anyMatch(line -> line.startsWith("DONE"));
    }

    private static int index(List<String> lines, int from, String... words) {
        for (int i = from; i < lines.size(); i++) {
            if (List.of(words).stream().allMatch(lines.get(i)::contains)) {
                return i;
            }
        }
        return -1;
    }
}
