package io.mcpserver.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What storage.cache_size and storage.connection_pool_size do to the engine. */
class DuckDbSettingsTest {

    private static final long MEBIBYTE = 1L << 20;

    @TempDir
    Path directory;

    /** As DuckDB itself reports it. */
    private String memoryLimit(long cacheSize) throws Exception {
        try (DuckDbSession session = new DuckDbSession(new DuckDbFiles(directory), cacheSize, 1)) {
            return session.read(statements -> {
                try (Statement statement = statements.connection().createStatement();
                        ResultSet row = statement.executeQuery("SELECT current_setting('memory_limit')")) {
                    row.next();
                    return row.getString(1);
                }
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 96.0 MiB", "96, 96.0 MiB", "100, 100.0 MiB", "120, 120.0 MiB"})
    void the_cache_size_is_the_engines_memory_and_never_less_than_it_needs(long mebibytes, String limit)
            throws Exception {
        assertThat(memoryLimit(mebibytes * MEBIBYTE)).isEqualTo(limit);
    }

    @Test
    void the_engine_gets_no_more_than_a_quarter_of_the_machine_and_a_gibibyte() {
        long gibibyte = 1_024 * MEBIBYTE;
        assertThat(DuckDbDatabase.memory(8 * gibibyte, 16 * gibibyte)).isEqualTo(gibibyte);
        assertThat(DuckDbDatabase.memory(gibibyte, 2 * gibibyte)).isEqualTo(512 * MEBIBYTE);
        assertThat(DuckDbDatabase.memory(gibibyte, 200 * MEBIBYTE)).isEqualTo(96 * MEBIBYTE);
        assertThat(DuckDbDatabase.memory(300 * MEBIBYTE, 16 * gibibyte)).isEqualTo(300 * MEBIBYTE);
    }

    @Test
    void as_many_look_through_all_documents_at_the_same_time_as_have_the_memory_for_it() {
        assertThat(DuckDbDatabase.scansWith(1_024 * MEBIBYTE)).isEqualTo(16);
        assertThat(DuckDbDatabase.scansWith(128 * MEBIBYTE)).isEqualTo(2);
        assertThat(DuckDbDatabase.scansWith(96 * MEBIBYTE)).isEqualTo(1);
    }

    @Test
    void a_scan_waits_for_another_while_single_documents_are_read() throws Exception {
        CountDownLatch scanning = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (DuckDbSession session = new DuckDbSession(new DuckDbFiles(directory), 96 * MEBIBYTE, 3);
                ReaderPool readers = new ReaderPool(session, 3, 1);
                ExecutorService callers = Executors.newFixedThreadPool(2)) {
            Future<Long> first = callers.submit(() -> readers.scan(context -> {
                scanning.countDown();
                await(goOn);
                return 1L;
            }));
            scanning.await();
            Future<Long> second = callers.submit(() -> readers.scan(context -> goOn.getCount()));
            assertThat(readers.<Long>read(context -> context.number(new SqlText("SELECT 7"))))
                    .isEqualTo(7);
            goOn.countDown();
            assertThat(first.get()).isEqualTo(1);
            assertThat(second.get()).isZero();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void as_many_read_at_the_same_time_as_there_are_connections(int connections) throws Exception {
        AtomicInteger reading = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier together = new CyclicBarrier(connections);
        CountDownLatch asked = new CountDownLatch(2 * connections);
        try (DuckDbSession session = new DuckDbSession(new DuckDbFiles(directory), 96 * MEBIBYTE, connections);
                ReaderPool readers = new ReaderPool(session, connections, 1);
                ExecutorService callers = Executors.newFixedThreadPool(2 * connections)) {
            List<Future<Long>> answers = new ArrayList<>();
            for (int i = 0; i < 2 * connections; i++) {
                answers.add(callers.submit(() -> {
                    asked.countDown();
                    return readers.read(context -> {
                        most.accumulateAndGet(reading.incrementAndGet(), Math::max);
                        meet(asked, together);
                        long number = context.number(new SqlText("SELECT 7"));
                        reading.decrementAndGet();
                        return number;
                    });
                }));
            }
            for (Future<Long> answer : answers) {
                assertThat(answer.get()).isEqualTo(7);
            }
        }
        assertThat(most).hasValue(connections);
    }

    /** Fewer readers at the same time would never meet; more would be counted. */
    private static void meet(CountDownLatch asked, CyclicBarrier together) {
        try {
            asked.await();
            together.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("not as many readers at the same time as connections", e);
        }
    }
}
