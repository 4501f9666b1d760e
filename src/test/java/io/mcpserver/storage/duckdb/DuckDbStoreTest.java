package io.mcpserver.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Change;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentStoreFactory;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.Saved;
import io.mcpserver.storage.Search;
import io.mcpserver.storage.StoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the DuckDB engine does beyond the contract of all engines. */
class DuckDbStoreTest {

    @TempDir
    Path directory;

    private final List<Change> heard = Collections.synchronizedList(new ArrayList<>());

    private static DocumentToSave document(String id) {
        return new DocumentToSave(id, JsonNodeFactory.instance.objectNode());
    }

    @Test
    void it_is_found_by_its_type_and_has_no_search_of_its_own() {
        assertThat(ServiceLoader.load(DocumentStoreFactory.class))
                .extracting(DocumentStoreFactory::type)
                .contains("duckdb");
        try (DocumentStore store = DuckDbStores.open(directory, ChangeListener.NONE)) {
            assertThat(store.features()).isEmpty();
            Search search = new Search("x", Optional.empty(), Search.Mode.WORDS, Filter.ALL, 10, false);
            assertThatThrownBy(() -> store.search(search)).hasMessageContaining("index");
        }
    }

    @Test
    void the_listener_hears_every_change_in_order_with_its_vectors_before_the_acknowledgement() {
        try (DocumentStore store = DuckDbStores.open(directory, heard::addAll)) {
            float[] vector = {1, 2};
            store.save("notes", List.of(document("a").withVectors(List.of(vector)), document("b")));
            assertThat(heard).extracting(Change::id).containsExactly("a", "b");
            assertThat(heard.getFirst().vectors()).containsExactly(vector);
            Document loaded = store.load("notes", List.of("a")).get("a");
            assertThat(heard.getFirst().document()).contains(loaded);

            store.save("notes", List.of(document("a")));
            store.delete("notes", List.of("b", "missing"));
            store.delete("notes", Filter.ALL);
            assertThat(heard).extracting(Change::id).containsExactly("a", "b", "a", "b", "a");
            assertThat(heard).extracting(Change::sequence).containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(heard.getLast().document()).isEmpty();
        }
    }

    @Test
    void a_listener_that_throws_does_not_fail_the_write() {
        ChangeListener broken = changes -> {
            throw new IllegalStateException("full of anger");
        };
        try (DocumentStore store = DuckDbStores.open(directory, broken)) {
            store.save("notes", List.of(document("a")));
            assertThat(store.count("notes", Filter.ALL)).isEqualTo(1);
        }
    }

    @Test
    void writes_that_queue_up_share_a_commit_and_a_conflict_among_them_spoils_no_other() throws Exception {
        CountDownLatch firstCommitted = new CountDownLatch(1);
        CountDownLatch othersQueued = new CountDownLatch(1);
        List<Integer> groups = Collections.synchronizedList(new ArrayList<>());
        ChangeListener slow = changes -> {
            groups.add(changes.size());
            firstCommitted.countDown();
            await(othersQueued);
        };
        try (DocumentStore store = DuckDbStores.open(directory, slow);
                ExecutorService callers = Executors.newFixedThreadPool(12)) {
            Future<List<Saved>> first = callers.submit(() -> store.save("notes", List.of(document("a"))));
            firstCommitted.await();
            List<Future<List<Saved>>> others = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                others.add(callers.submit(() -> store.save("notes", List.of(document("a")))));
            }
            DocumentToSave outdated =
                    new DocumentToSave("b", JsonNodeFactory.instance.objectNode(), OptionalLong.of(5), List.of());
            Future<?> conflict = callers.submit(() -> store.save("notes", List.of(document("c"), outdated)));
            Thread.sleep(200);
            othersQueued.countDown();

            assertThat(first.get().getFirst().version()).isEqualTo(1);
            List<Long> versions = new ArrayList<>();
            for (Future<List<Saved>> other : others) {
                versions.add(other.get().getFirst().version());
            }
            assertThat(versions).containsExactlyInAnyOrder(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
            assertThatThrownBy(conflict::get)
                    .cause()
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("'b'");
            assertThat(store.load("notes", List.of("a", "b", "c")).keySet()).containsExactly("a");
            assertThat(groups).as("commits").hasSizeLessThan(11);
        }
    }

    @Test
    void a_queued_write_whose_caller_is_interrupted_is_withdrawn() throws Exception {
        CountDownLatch committed = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ChangeListener slow = changes -> {
            committed.countDown();
            await(goOn);
        };
        try (DocumentStore store = DuckDbStores.open(directory, slow)) {
            List<ErrorCode> codes = Collections.synchronizedList(new ArrayList<>());
            Thread first = caller(store, "first", codes);
            committed.await();
            Thread queued = caller(store, "queued", codes);
            queued.interrupt();
            queued.join();
            assertThat(codes).containsExactly(ErrorCode.TIMEOUT);
            first.interrupt();
            first.join();
            assertThat(codes).containsExactly(ErrorCode.TIMEOUT, ErrorCode.OUTCOME_UNKNOWN);
            goOn.countDown();
            store.save("notes", List.of(document("last")));
            assertThat(store.load("notes", List.of("first", "queued", "last")).keySet())
                    .containsExactly("first", "last");
        }
    }

    @Test
    void a_long_read_ends_when_its_caller_is_interrupted() throws Exception {
        DuckDbFiles files = new DuckDbFiles(directory);
        try (DuckDbSession session = new DuckDbSession(files, 96L << 20, 1);
                ReaderPool readers = new ReaderPool(session, 1, 1)) {
            List<ErrorCode> codes = Collections.synchronizedList(new ArrayList<>());
            SqlText endless = new SqlText("SELECT count(*) FROM range(1000000000000) a WHERE hash(a.range) = 1");
            Thread caller = Thread.ofPlatform().start(() -> {
                StoreException refusal = catchThrowableOfType(
                        StoreException.class, () -> readers.read(context -> context.number(endless)));
                codes.add(refusal.code());
            });
            Thread.sleep(300);
            caller.interrupt();
            caller.join();
            assertThat(codes).containsExactly(ErrorCode.TIMEOUT);
            // The only reader is free again, or this waits for ever.
            assertThat(readers.<Long>read(context -> context.number(new SqlText("SELECT 7"))))
                    .isEqualTo(7);
        }
    }

    @Test
    void damaged_files_are_refused_and_left_as_they_are() throws Exception {
        Path file = directory.resolve("documents.duckdb");
        byte[] damage = "this is no database, it only has its name ".repeat(400).getBytes(StandardCharsets.US_ASCII);
        Files.write(file, damage);
        StoreException refusal =
                catchThrowableOfType(StoreException.class, () -> DuckDbStores.open(directory, ChangeListener.NONE));
        assertThat(refusal.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(refusal).hasMessageContaining(file.toString());
        assertThat(Files.readAllBytes(file)).isEqualTo(damage);
        Files.delete(file);
        DuckDbStores.open(directory, ChangeListener.NONE).close();
    }

    @Test
    void a_file_in_place_of_the_directory_is_refused() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        StoreException refusal =
                catchThrowableOfType(StoreException.class, () -> DuckDbStores.open(file, ChangeListener.NONE));
        assertThat(refusal.code()).isEqualTo(ErrorCode.STORE_READ_ONLY);
    }

    @Test
    void a_database_of_a_newer_program_is_refused() throws Exception {
        DuckDbStores.open(directory, ChangeListener.NONE).close();
        try (Connection connection = new DuckDBDriver()
                        .connect("jdbc:duckdb:" + directory.resolve("documents.duckdb"), new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE meta SET value = '99' WHERE name = 'schema_version'");
        }
        StoreException refusal =
                catchThrowableOfType(StoreException.class, () -> DuckDbStores.open(directory, ChangeListener.NONE));
        assertThat(refusal).hasMessageContaining("newer version").hasMessageContaining("99");
    }

    @Test
    void the_log_becomes_the_file_while_the_store_is_used() {
        DuckDbFiles files = new DuckDbFiles(directory);
        String text = "0123456789".repeat(10_000);
        long largest = 0;
        try (DocumentStore store = DuckDbStores.open(directory, ChangeListener.NONE)) {
            for (int i = 0; i < 40; i++) {
                List<DocumentToSave> documents = new ArrayList<>();
                for (int k = 0; k < 10; k++) {
                    documents.add(new DocumentToSave(
                            "id" + k, JsonNodeFactory.instance.objectNode().put("text", text + i)));
                }
                store.save("notes", documents);
                largest = Math.max(largest, files.logSize());
            }
            assertThat(largest).isBetween(1L << 20, 24L << 20);
            assertThat(store.count("notes", Filter.ALL)).isEqualTo(10);
        }
        assertThat(files.logSize()).isZero();
    }

    @Test
    void the_log_becomes_the_file_although_others_read_all_the_time() throws Exception {
        DuckDbFiles files = new DuckDbFiles(directory);
        String text = "0123456789".repeat(50_000);
        AtomicBoolean done = new AtomicBoolean();
        try (DocumentStore store = DuckDbStores.open(directory, ChangeListener.NONE);
                ExecutorService readers = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                readers.submit(() -> {
                    while (!done.get()) {
                        store.count("notes", Filter.ALL);
                    }
                });
            }
            for (int i = 0; i < 80; i++) {
                store.save(
                        "notes",
                        List.of(new DocumentToSave(
                                "a", JsonNodeFactory.instance.objectNode().put("text", text + i))));
                assertThat(files.logSize()).isLessThan(32L << 20);
            }
            done.set(true);
        }
    }

    private static Thread caller(DocumentStore store, String id, List<ErrorCode> codes) {
        return Thread.ofPlatform().start(() -> {
            StoreException refusal =
                    catchThrowableOfType(StoreException.class, () -> store.save("notes", List.of(document(id))));
            codes.add(refusal.code());
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
