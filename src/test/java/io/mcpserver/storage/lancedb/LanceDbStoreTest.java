package io.mcpserver.storage.lancedb;

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
import io.mcpserver.storage.Query;
import io.mcpserver.storage.Search;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.lancedb.dataset.FileSync;
import io.mcpserver.storage.lancedb.dataset.Lance;
import io.mcpserver.storage.lancedb.dataset.LanceMemory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lance.Session;

class LanceDbStoreTest {

    @TempDir
    Path directory;

    @BeforeAll
    static void load() {
        Lance.load(LanceMemory.of(0));
    }

    @Test
    void it_is_found_by_its_type_and_has_no_search_of_its_own() {
        assertThat(ServiceLoader.load(DocumentStoreFactory.class))
                .extracting(DocumentStoreFactory::type)
                .contains("lancedb");
        try (DocumentStore store = open()) {
            assertThat(store.features()).isEmpty();
            Search search = new Search("x", Optional.empty(), Search.Mode.WORDS, Filter.ALL, 10, false);
            assertThatThrownBy(() -> store.search(search)).hasMessageContaining("index");
            assertThat(store.nativeBytes().orElseThrow()).isPositive();
        }
    }

    @Test
    void the_cache_size_is_what_lance_gets_within_what_it_needs_and_the_machine_can_spare() {
        assertThat(LanceMemory.of(200L << 20, 4L << 30)).isEqualTo(new LanceMemory(200L << 20));
        assertThat(LanceMemory.of(1L << 30, 512L << 20)).isEqualTo(new LanceMemory(128L << 20));
        assertThat(LanceMemory.of(1_000_000, 256L << 20)).isEqualTo(new LanceMemory(96L << 20));
        assertThat(LanceMemory.of(8L << 30, 64L << 30)).isEqualTo(new LanceMemory(1L << 30));
        LanceMemory memory = new LanceMemory(96L << 20);
        assertThat(memory.indexCache()).isEqualTo(48L << 20);
        assertThat(memory.metadataCache()).isEqualTo(8L << 20);
        assertThat(memory.pool()).isEqualTo(64L << 20);
    }

    @Test
    void the_listener_hears_every_change_in_order_with_its_vectors() {
        List<Change> heard = new ArrayList<>();
        try (DocumentStore store = LanceDbStores.open(directory, heard::addAll)) {
            float[] vector = {1, 2};
            store.save("notes", List.of(document("a", 1).withVectors(List.of(vector)), document("b", 1)));
            store.delete("notes", List.of("b", "missing"));
            assertThat(heard).extracting(Change::id).containsExactly("a", "b", "b");
            assertThat(heard.getFirst().vectors()).containsExactly(vector);
            assertThat(heard.getFirst().document())
                    .contains(store.load("notes", List.of("a")).get("a"));
        }
    }

    @Test
    void many_versions_are_put_together_and_nobody_who_reads_an_old_one_is_disturbed() throws Exception {
        Path dataset = directory.resolve("documents.lance");
        try (Table table = Table.open(dataset)) {
            Current current = new Current(Opening.read(table.snapshot()).state());
            Maintenance maintenance = new Maintenance(table, current, 3, 10);
            write(table, current, maintenance, 1, 5);
            Session caches = Lance.shared().session();
            try (View reader = current.view()) {
                write(table, current, maintenance, 6, 12);
                assertThat(versions(reader, "a")).containsExactly(5L);
                assertThat(reader.dataset().countRows()).isEqualTo(7);
            }
            assertThat(Lance.shared().session())
                    .as("what the caches keep of every version goes")
                    .isNotSameAs(caches);
            write(table, current, maintenance, 13, 23);
            try (View now = current.view()) {
                assertThat(now.dataset().getFragments()).hasSizeLessThan(7);
                assertThat(now.dataset().listVersions()).hasSizeLessThan(12);
                assertThat(now.dataset().countRows()).isEqualTo(25);
                assertThat(versions(now, "a")).containsExactly(23L);
                List<String> keys = IntStream.rangeClosed(1, 23)
                        .mapToObj(i -> Keys.of("notes", "id" + i))
                        .toList();
                assertThat(RowReader.places(now, keys).keySet()).containsExactlyInAnyOrderElementsOf(keys);
            }
            current.close();
        }
        try (Table table = Table.open(dataset)) {
            Opening opening = Opening.read(table.snapshot());
            assertThat(opening.applied()).isEqualTo(23);
            opening.state().snapshot().retire();
        }
    }

    private static void write(Table table, Current current, Maintenance maintenance, int from, int to)
            throws IOException {
        for (int version = from; version <= to; version++) {
            table.write(List.of(row("a", version), row("id" + version, 1), Row.applied(version)));
            Snapshot written = table.snapshot();
            current.update(state -> state.in(written));
            maintenance.afterWrite();
        }
    }

    @Test
    void a_newest_version_that_a_power_cut_left_in_part_is_set_aside_and_nothing_is_lost() throws Exception {
        Path dataset = directory.resolve("documents.lance");
        try (Table table = Table.open(dataset)) {
            table.write(List.of(row("a", 1), Row.applied(1)));
            List<Path> before = data(dataset);
            table.write(List.of(row("a", 2), Row.applied(2)));
            List<Path> after = new ArrayList<>(data(dataset));
            after.removeAll(before);
            cut(after.getFirst());
        }
        try (Table table = Table.open(dataset)) {
            Opening opening = Opening.read(table.snapshot());
            assertThat(opening.applied())
                    .as("what the journal has to bring again begins after")
                    .isEqualTo(1);
            opening.state().snapshot().retire();
            table.write(List.of(row("a", 3), Row.applied(3)));
        }
        assertThat(versionsOfA(dataset)).containsExactly(3L);
    }

    @Test
    void a_version_that_could_not_be_flushed_is_not_used_but_written_anew() throws Exception {
        Path dataset = directory.resolve("documents.lance");
        AtomicBoolean broken = new AtomicBoolean();
        FileSync.Flush flush = (path, how) -> {
            if (broken.getAndSet(false)) {
                throw new IOException("Input/output error");
            }
            FileSync.force(path, how);
        };
        try (Table table = Table.open(dataset, Columns.SCHEMA, flush)) {
            table.write(List.of(row("a", 1), Row.applied(1)));
            broken.set(true);
            assertThatThrownBy(() -> table.write(List.of(row("a", 2), Row.applied(2))))
                    .hasMessageContaining("Input/output error");
            table.stepBack();
            Opening opening = Opening.read(table.snapshot());
            assertThat(opening.applied()).isEqualTo(1);
            opening.state().snapshot().retire();
            table.write(List.of(row("a", 3), Row.applied(3)));
        }
        assertThat(versionsOfA(dataset)).containsExactly(3L);
    }

    @Test
    void a_dataset_of_which_no_version_is_whole_is_refused() throws Exception {
        open().close();
        try (Stream<Path> manifests = Files.list(directory.resolve("documents.lance/_versions"))) {
            for (Path manifest : manifests.toList()) {
                cut(manifest);
            }
        }
        for (int attempt = 0; attempt < 2; attempt++) {
            StoreException refusal = catchThrowableOfType(StoreException.class, this::open);
            assertThat(refusal.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
            assertThat(refusal).hasMessageContaining("documents.lance");
        }
    }

    @Test
    void documents_of_a_newer_program_are_refused() {
        Schema newer = new Schema(Columns.SCHEMA.getFields(), Map.of(Columns.FORMAT_KEY, "99"));
        Table.open(directory.resolve("documents.lance"), newer, FileSync::force).close();
        StoreException refusal = catchThrowableOfType(StoreException.class, this::open);
        assertThat(refusal.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(refusal).hasMessageContaining("99").hasMessageContaining("start that version");
    }

    @Test
    void large_and_small_documents_are_found_together() {
        try (DocumentStore store = open()) {
            List<String> texts = List.of("x".repeat(20_000), "short", "y".repeat(300_000));
            for (int i = 0; i < texts.size(); i++) {
                store.save(
                        "notes",
                        List.of(new DocumentToSave(
                                "id" + i,
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("text", texts.get(i))
                                        .put("n", i))));
            }
            reopened(store, again -> {
                Query.Page page = again.query(
                        new Query("notes", Filter.ALL, List.of(Query.Sort.parse("-n")), 10, Optional.empty()));
                assertThat(page.documents()).extracting(Document::id).containsExactly("id2", "id1", "id0");
            });
        }
    }

    private void reopened(DocumentStore store, java.util.function.Consumer<DocumentStore> check) {
        store.close();
        try (DocumentStore again = open()) {
            check.accept(again);
        }
    }

    private DocumentStore open() {
        return LanceDbStores.open(directory, ChangeListener.NONE);
    }

    private static DocumentToSave document(String id, int n) {
        return new DocumentToSave(id, JsonNodeFactory.instance.objectNode().put("n", n));
    }

    private static List<Long> versionsOfA(Path dataset) {
        try (Table table = Table.open(dataset)) {
            Current current = new Current(Opening.read(table.snapshot()).state());
            try (View view = current.view()) {
                return versions(view, "a");
            } finally {
                current.close();
            }
        }
    }

    private static List<Long> versions(View view, String id) {
        return RowReader.places(view, List.of(Keys.of("notes", id))).values().stream()
                .map(place -> place.row().version())
                .toList();
    }

    private static Row row(String id, long version) {
        return new Row(Keys.of("notes", id), version, version, 1, 1, true, 2, "{}");
    }

    private static List<Path> data(Path dataset) throws IOException {
        try (Stream<Path> files = Files.list(dataset.resolve("data"))) {
            return files.sorted(Comparator.naturalOrder()).toList();
        }
    }

    private static void cut(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
    }
}
