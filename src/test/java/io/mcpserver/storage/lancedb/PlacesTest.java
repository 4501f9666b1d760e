package io.mcpserver.storage.lancedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.lancedb.dataset.FileSync;
import io.mcpserver.storage.lancedb.dataset.KeyHash;
import io.mcpserver.storage.lancedb.dataset.Lance;
import io.mcpserver.storage.lancedb.dataset.LanceMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacesTest {

    @TempDir
    Path folder;

    @BeforeAll
    static void load() {
        Lance.load(LanceMemory.of(0));
    }

    @Test
    void the_places_of_each_version_are_those_that_lance_finds() throws Exception {
        Random random = new Random(7);
        try (Table table = Table.open(folder.resolve("rows"))) {
            Map<String, Row> rows = new HashMap<>();
            Snapshot snapshot = table.snapshot();
            assertThat(snapshot.places(List.of(key("none")))).hasValue(List.of());
            for (int round = 1; round <= 60; round++) {
                List<Row> written = some(random, round);
                table.write(written);
                written.forEach(row -> rows.put(row.key(), row));
                if (round % 5 == 0) {
                    table.index();
                }
                if (round % 20 == 0) {
                    table.renew();
                    table.compact(1_024);
                }
                snapshot.retire();
                snapshot = table.snapshot();
                assertThat(places(snapshot, rows.keySet())).isEqualTo(scanned(snapshot));
            }
            assertThat(snapshot.places(List.of(key("id1000000"), key("id")))).hasValue(List.of());
            snapshot.retire();
        }
    }

    @Test
    void of_a_version_that_is_not_the_newest_one_nothing_is_said() throws Exception {
        try (Table table = Table.open(folder.resolve("rows"))) {
            table.write(List.of(row(key("a"), 1), row(key("b"), 1)));
            Snapshot before = table.snapshot();
            table.write(List.of(row(key("a"), 2)));
            assertThat(before.places(List.of(key("a")))).isPresent();
            Snapshot after = table.snapshot();
            assertThat(before.places(List.of(key("a")))).isEmpty();
            try (View view = View.of(before)) {
                assertThat(RowReader.places(view, List.of(key("a"), key("b"), key("c")), Columns.ALL))
                        .containsOnlyKeys(key("a"), key("b"))
                        .hasEntrySatisfying(
                                key("a"),
                                place -> assertThat(place.row().version()).isEqualTo(1));
            }
            table.stepBack();
            assertThat(after.places(List.of(key("a")))).isEmpty();
            Snapshot again = table.snapshot();
            assertThat(places(again, List.of(key("a"), key("b")))).isEqualTo(scanned(again));
            List.of(before, after, again).forEach(Snapshot::retire);
        }
    }

    @Test
    void rows_that_come_after_a_write_that_failed_have_their_own_places() throws Exception {
        AtomicBoolean fails = new AtomicBoolean();
        FileSync.Flush flush = (path, how) -> {
            if (fails.get()) {
                throw new IOException("No space left on device");
            }
            FileSync.force(path, how);
        };
        try (Table table = Table.open(folder.resolve("rows"), Columns.SCHEMA, flush)) {
            table.write(List.of(row(key("a"), 1)));
            table.snapshot().retire();
            fails.set(true);
            assertThatThrownBy(() -> table.write(List.of(row(key("b"), 1), row(key("c"), 1))))
                    .isInstanceOf(IOException.class);
            // As whoever reads the newest version would find it.
            Snapshot lost = table.snapshot();
            assertThat(places(lost, List.of(key("b")))).containsOnlyKeys(key("b"));
            fails.set(false);
            table.stepBack();
            table.write(List.of(row(key("c"), 2), row(key("a"), 2)));
            Snapshot snapshot = table.snapshot();
            assertThat(snapshot.version()).isEqualTo(lost.version());
            assertThat(places(snapshot, List.of(key("a"), key("b"), key("c")))).isEqualTo(scanned(snapshot));
            List.of(lost, snapshot).forEach(Snapshot::retire);
        }
    }

    @Test
    void too_many_rows_are_not_remembered() throws Exception {
        try (Table table = Table.open(folder.resolve("rows"))) {
            table.write(List.of(row(key("a"), 1), row(key("b"), 1)));
            Snapshot snapshot = table.snapshot();
            Places places = new Places(2);
            places.follow(snapshot);
            assertThat(places.find(snapshot.version(), List.of(key("a"), key("c"))))
                    .hasValueSatisfying(found ->
                            assertThat(found).extracting(RowReader.Wanted::key).containsExactly(key("a")));
            table.write(List.of(row(key("c"), 1)));
            Snapshot larger = table.snapshot();
            places.follow(larger);
            assertThat(places.find(larger.version(), List.of(key("a")))).isEmpty();
            List.of(snapshot, larger).forEach(Snapshot::retire);
        }
    }

    @Test
    void documents_whose_keys_have_the_same_hash_are_told_apart() {
        List<String> ids = ofOneHash();
        assertThat(KeyHash.of(Keys.of("notes", ids.getFirst()))).isEqualTo(KeyHash.of(Keys.of("notes", ids.getLast())));
        try (DocumentStore store = LanceDbStores.open(folder, ChangeListener.NONE)) {
            ids.forEach(id -> store.save("notes", List.of(document(id, 1))));
        }
        try (DocumentStore store = LanceDbStores.open(folder, ChangeListener.NONE)) {
            ids.forEach(id -> assertThat(store.load("notes", List.of(id))).containsOnlyKeys(id));
            assertThat(store.load("notes", ids)).containsOnlyKeys(ids);
            store.save("notes", List.of(document(ids.getLast(), 2)));
            assertThat(store.load("notes", ids).get(ids.getLast()).version()).isEqualTo(2);
            assertThat(store.delete("notes", ids.subList(0, 1))).isEqualTo(1);
            assertThat(store.load("notes", ids)).containsOnlyKeys(ids.getLast());
        }
        try (DocumentStore store = LanceDbStores.open(folder, ChangeListener.NONE)) {
            Map<String, Document> left = store.load("notes", ids);
            assertThat(left).containsOnlyKeys(ids.getLast());
            assertThat(left.get(ids.getLast()).version()).isEqualTo(2);
        }
    }

    /**
     * Two ids. {@code Aa} and {@code BB} have one {@code hashCode}, and each exchange of them changes certain bits of the
     * checksum: of 33 such changes to 32 bits, some together change nothing.
     */
    private static List<String> ofOneHash() {
        String none = id(0);
        long[] changes = new long[32];
        long[] made = new long[32];
        for (int block = 0; block <= 32; block++) {
            long exchanged = 1L << block;
            long change = checksum(id(exchanged)) ^ checksum(none);
            for (int bit = 0; bit < 32 && change != 0; bit++) {
                if ((change >> bit & 1) != 0 && changes[bit] == 0) {
                    changes[bit] = change;
                    made[bit] = exchanged;
                    break;
                }
                if ((change >> bit & 1) != 0) {
                    change ^= changes[bit];
                    exchanged ^= made[bit];
                }
            }
            if (change == 0) {
                return List.of(none, id(exchanged));
            }
        }
        throw new AssertionError("no two ids of one hash");
    }

    /** @param exchanged which of 33 pairs of letters are the other ones, a bit each */
    private static String id(long exchanged) {
        return IntStream.rangeClosed(0, 32)
                .mapToObj(block -> (exchanged >> block & 1) == 0 ? "Aa" : "BB")
                .collect(Collectors.joining());
    }

    private static long checksum(String id) {
        CRC32C checksum = new CRC32C();
        checksum.update(Keys.of("notes", id).getBytes(StandardCharsets.UTF_8));
        return checksum.getValue();
    }

    private static List<Row> some(Random random, int version) {
        return IntStream.range(0, 40)
                .mapToObj(i -> key("id" + random.nextInt(400)))
                .distinct()
                .map(key -> row(key, version))
                .toList();
    }

    private static Map<String, Long> places(Snapshot snapshot, Iterable<String> keys) {
        List<String> asked = new ArrayList<>();
        keys.forEach(asked::add);
        Map<String, Long> places = new HashMap<>();
        snapshot.places(asked).orElseThrow().forEach(place -> places.put(place.key(), place.rowId()));
        return places;
    }

    private static Map<String, Long> scanned(Snapshot snapshot) {
        Map<String, Long> places = new HashMap<>();
        try (View view = View.of(snapshot)) {
            RowReader.scan(view, List.of(Columns.KEY), Optional.empty(), RowReader.SMALL_COLUMNS, batch -> {
                for (int i = 0; i < batch.size(); i++) {
                    places.put(batch.key(i), batch.rowId(i));
                }
                return true;
            });
        }
        return places;
    }

    private static String key(String id) {
        return Keys.of("notes", id);
    }

    private static Row row(String key, long version) {
        return new Row(key, version, version, 1, 1, true, 2, "{}");
    }

    private static DocumentToSave document(String id, int n) {
        return new DocumentToSave(id, JsonNodeFactory.instance.objectNode().put("n", n));
    }
}
