package io.mcpserver.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.error.ErrorCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every engine promises of a look at one instant, and of documents that another store held. */
public abstract class TakingOverContract extends StoreFixture {

    private static final Instant LONG_AGO = Instant.parse("2020-02-29T12:00:00.123456Z");

    @Test
    void a_snapshot_has_what_was_there_when_it_began_and_nothing_later() {
        save("a", "{'n': 1}");
        save("gone", "{'n': 1}");
        store.delete("notes", List.of("gone"));
        store.configure("notes", new CollectionSettings(Optional.empty(), List.of("title")));
        long sequence = store.sequence();
        try (StoreSnapshot snapshot = store.snapshot()) {
            save("a", "{'n': 2}");
            save("later", "{'n': 1}");
            store.delete("notes", List.of("a"));

            assertThat(snapshot.sequence()).isEqualTo(sequence);
            assertThat(snapshot.documents()).isEqualTo(1);
            assertThat(snapshot.deletedIds()).isEqualTo(1);
            assertThat(snapshot.settings().get("notes").textFields()).containsExactly("title");
            Map<String, StoredDocument> all = byId(all(snapshot));
            assertThat(all).containsOnlyKeys("a", "gone");
            assertThat(all.get("a").content()).contains(object("{'n': 1}"));
            assertThat(all.get("gone").deleted()).isTrue();
            assertThat(all.get("gone").version()).isEqualTo(1);
        }
    }

    @Test
    void what_was_written_together_is_in_a_snapshot_together_or_not_at_all() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String name = "w" + i;
            writers.add(Thread.ofPlatform().start(() -> writePairs(name, stop)));
        }
        try {
            while (store.sequence() < 60) {
                Thread.onSpinWait();
            }
            for (int round = 0; round < 10; round++) {
                try (StoreSnapshot snapshot = store.snapshot()) {
                    Map<String, Optional<?>> found = new HashMap<>();
                    all(snapshot).forEach(document -> found.put(document.id(), document.content()));
                    found.forEach((id, content) -> assertThat(content)
                            .as(id)
                            .isEqualTo(found.get((id.startsWith("l") ? "r" : "l") + id.substring(1))));
                }
            }
        } finally {
            stop.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
        }
    }

    @Test
    void pages_of_a_snapshot_have_each_id_once() {
        List<DocumentToSave> documents = new RandomDocuments(3).documents(150);
        store.save("notes", documents);
        try (StoreSnapshot snapshot = store.snapshot()) {
            List<StoredDocument> all = all(snapshot);
            assertThat(all)
                    .extracting(StoredDocument::id)
                    .doesNotHaveDuplicates()
                    .hasSize(documents.size());
            assertThat(byId(all)).allSatisfy((id, document) -> assertThat(document)
                    .isEqualTo(StoredDocument.of("notes", load(id).orElseThrow())));
        }
    }

    @Test
    void a_snapshot_of_a_store_that_is_closed_says_so_and_can_be_closed() {
        save("a", "{}");
        StoreSnapshot snapshot = store.snapshot();
        store.close();
        refused(ErrorCode.STORE_UNAVAILABLE, () -> snapshot.next(10));
        snapshot.close();
        reopen();
        assertThat(load("a")).isPresent();
    }

    @Test
    void documents_that_are_taken_over_keep_version_and_times_also_after_a_restart() {
        StoredDocument given = stored("a", 7, "{'n': [1, {'m': 1.50}]}");
        StoredDocument deleted =
                new StoredDocument("notes", "b", 4, LONG_AGO, LONG_AGO.plusSeconds(1), Optional.empty());
        assertThat(store.adopt(List.of(given, deleted), false))
                .extracting(Saved::version)
                .containsExactly(7L, 4L);
        reopen();
        assertThat(StoredDocument.of("notes", load("a").orElseThrow())).isEqualTo(given);
        assertThat(save("b", "{}").version()).isEqualTo(5);
        assertThat(save("a", "{}").version()).isEqualTo(8);
        assertThat(store.changes(0, 10)).extracting(Change::id).contains("a", "b");
    }

    @Test
    void a_version_is_never_used_twice_for_one_id() {
        save("a", "{'n': 1}");
        save("a", "{'n': 2}");
        assertThat(store.adopt(List.of(stored("a", 1, "{'n': 3}")), true)).containsExactly(new Saved("a", 3, false));
        store.delete("notes", List.of("a"));
        assertThat(store.adopt(List.of(stored("a", 2, "{'n': 4}")), false)).containsExactly(new Saved("a", 4, true));
        assertThat(load("a").orElseThrow().content()).isEqualTo(object("{'n': 4}"));
    }

    @Test
    void documents_that_are_here_stay_unless_they_shall_be_replaced() {
        save("a", "{'n': 1}");
        assertThat(store.adopt(List.of(stored("a", 9, "{'n': 2}"), stored("b", 1, "{}")), false))
                .extracting(Saved::id)
                .containsExactly("b");
        assertThat(load("a").orElseThrow().content()).isEqualTo(object("{'n': 1}"));
    }

    @Test
    void nothing_is_taken_over_if_one_document_is_refused() {
        StoredDocument bad = new StoredDocument("notes", "", 1, LONG_AGO, LONG_AGO, Optional.of(object("{}")));
        refused(ErrorCode.INVALID_ARGUMENT, () -> store.adopt(List.of(stored("a", 1, "{}"), bad), true));
        refused(ErrorCode.INVALID_ARGUMENT, () -> store.adopt(List.of(stored("a", 0, "{}")), true));
        refused(
                ErrorCode.INVALID_ARGUMENT,
                () -> store.adopt(List.of(stored("a", 1, "{}"), stored("a", 2, "{}")), true));
        assertThat(load("a")).isEmpty();
    }

    private void writePairs(String name, AtomicBoolean stop) {
        for (int n = 0; !stop.get(); n++) {
            String id = name + "-" + n % 20;
            String content = "{'n': " + n + "}";
            store.save(
                    "pairs",
                    List.of(
                            new DocumentToSave("l" + id, object(content), OptionalLong.empty(), List.of()),
                            new DocumentToSave("r" + id, object(content), OptionalLong.empty(), List.of())));
            if (n % 7 == 0) {
                store.delete("pairs", List.of("l" + id, "r" + id));
            }
        }
    }

    private static List<StoredDocument> all(StoreSnapshot snapshot) {
        List<StoredDocument> all = new ArrayList<>();
        for (List<StoredDocument> some = snapshot.next(7); !some.isEmpty(); some = snapshot.next(7)) {
            all.addAll(some);
        }
        return all;
    }

    private static Map<String, StoredDocument> byId(List<StoredDocument> documents) {
        return documents.stream().collect(Collectors.toMap(StoredDocument::id, Function.identity()));
    }

    private static StoredDocument stored(String id, long version, String content) {
        return new StoredDocument(
                "notes", id, version, LONG_AGO, LONG_AGO.plusSeconds(60), Optional.of(object(content)));
    }
}
