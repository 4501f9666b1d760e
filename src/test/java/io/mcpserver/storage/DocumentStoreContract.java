package io.mcpserver.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.CollectionSettings.Model;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * Every promise of {@link DocumentStore}, for every engine: a subclass says how its store is opened and
 * gets all tests.
 */
public abstract class DocumentStoreContract extends QueryingContract {

    @Test
    void collections_are_those_that_hold_a_document() {
        assertThat(store.collections()).isEmpty();
        store.save("b", List.of(document("1", "{'t': 'é'}"), document("2", "{}")));
        store.save("a", List.of(document("1", "{}")));
        store.save("gone", List.of(document("1", "{}")));
        store.delete("gone", List.of("1"));
        store.configure("empty", new CollectionSettings(Optional.empty(), List.of("title")));
        List<CollectionInfo> expected = List.of(
                new CollectionInfo("a", 1, 2, CollectionSettings.NONE),
                new CollectionInfo("b", 2, 12, CollectionSettings.NONE));
        assertThat(store.collections()).isEqualTo(expected);
        reopen();
        assertThat(store.collections()).isEqualTo(expected);
    }

    @Test
    void settings_of_a_collection_are_durable_and_need_no_document() {
        CollectionSettings settings =
                new CollectionSettings(Optional.of(new Model("mini", 384)), List.of("title", "body.text"));
        assertThat(store.settings("notes")).isEqualTo(CollectionSettings.NONE);
        store.configure("notes", new CollectionSettings(Optional.empty(), List.of("other")));
        store.configure("notes", settings);
        assertThat(store.settings("notes")).isEqualTo(settings);
        reopen();
        assertThat(store.settings("notes")).isEqualTo(settings);
        save("a", "{}");
        assertThat(store.collections().getFirst().settings()).isEqualTo(settings);
    }

    @Test
    void changes_tell_the_newest_of_each_id_oldest_first_and_of_deletions() {
        assertThat(store.sequence()).isZero();
        assertThat(store.changes(0, 10)).isEmpty();
        save("a", "{'n': 1}");
        save("b", "{'n': 2}");
        save("c", "{'n': 3}");
        save("a", "{'n': 4}");
        store.delete("notes", List.of("b"));

        List<Change> changes = store.changes(0, 10);
        assertThat(changes).extracting(Change::id).containsExactly("c", "a", "b");
        assertThat(changes).extracting(Change::collection).containsOnly("notes");
        assertThat(changes).extracting(Change::sequence).isSorted().doesNotHaveDuplicates();
        assertThat(changes.getLast().sequence()).isEqualTo(store.sequence());
        assertThat(changes.get(1).document()).isEqualTo(load("a"));
        assertThat(changes.get(2).document()).isEmpty();

        assertThat(store.changes(0, 1)).containsExactly(changes.getFirst());
        assertThat(store.changes(changes.get(1).sequence(), 10)).containsExactly(changes.getLast());
        assertThat(store.changes(store.sequence(), 10)).isEmpty();
        reopen();
        assertThat(store.changes(0, 10)).isEqualTo(changes);
        refused(ErrorCode.INVALID_ARGUMENT, () -> store.changes(0, 0));
        refused(ErrorCode.INVALID_ARGUMENT, () -> store.changes(0, 10_001));
    }

    @Test
    void a_deletion_by_filter_is_one_change_for_each_document() {
        save("a", "{'x': 1}");
        save("b", "{'x': 1}");
        save("c", "{'x': 2}");
        long before = store.sequence();
        store.delete("notes", filter("{'x': 1}"));
        List<Change> changes = store.changes(before, 10);
        assertThat(changes).extracting(Change::id).containsExactly("a", "b");
        assertThat(changes).extracting(Change::document).containsOnly(Optional.empty());
        assertThat(store.sequence()).isEqualTo(before + 2);
    }

    @Test
    void many_savers_lose_nothing_and_versions_count_every_save() throws Exception {
        Map<Long, Integer> versions = new ConcurrentHashMap<>();
        inParallel(8, saver -> {
            for (int i = 0; i < 25; i++) {
                save("own-" + saver + "-" + i, "{'n': " + i + "}");
                versions.merge(save("shared", "{'by': " + saver + "}").version(), 1, Integer::sum);
                assertThat(load("own-" + saver + "-" + i))
                        .as("a read after its save")
                        .isPresent();
            }
        });
        assertThat(store.count("notes", Filter.ALL)).isEqualTo(8 * 25 + 1);
        assertThat(versions).hasSize(200).allSatisfy((version, times) -> assertThat(times)
                .isEqualTo(1));
        assertThat(Collections.max(versions.keySet())).isEqualTo(200);
        assertThat(load("shared").orElseThrow().version()).isEqualTo(200);
        assertThat(store.sequence()).isEqualTo(400);
    }

    @Test
    void of_savers_that_expect_the_same_version_one_wins_and_the_others_hear_of_the_conflict() throws Exception {
        save("counter", "{'n': 0}");
        inParallel(8, saver -> {
            for (int done = 0; done < 10; ) {
                Document seen = load("counter").orElseThrow();
                long next = seen.content().get("n").longValue() + 1;
                try {
                    store.save("notes", List.of(expecting(seen.version(), "counter", "{'n': " + next + "}")));
                    done++;
                } catch (StoreException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT);
                }
            }
        });
        assertThat(load("counter").orElseThrow().content()).isEqualTo(object("{'n': 80}"));
    }

    @Test
    void batches_of_many_savers_are_seen_whole_or_not_at_all() throws Exception {
        inParallel(4, saver -> {
            for (int i = 0; i < 20; i++) {
                if (saver == 0) {
                    long seen = store.count("notes", filter("{'pair': {'$exists': true}}"));
                    assertThat(seen % 2).isZero();
                } else {
                    store.save(
                            "notes",
                            List.of(
                                    document("a" + saver + "-" + i, "{'pair': 1}"),
                                    document("b" + saver + "-" + i, "{'pair': 1}")));
                }
            }
        });
        assertThat(store.count("notes", Filter.ALL)).isEqualTo(120);
    }

    @Test
    void random_filters_and_orders_select_what_they_mean_in_java() {
        RandomDocuments random = new RandomDocuments(20_240_229);
        store.save("notes", random.documents(250));
        List<Document> all = query("{}", 1_000, null).documents();
        for (int round = 0; round < 150; round++) {
            Filter filter = random.filter();
            List<Query.Sort> sort = random.sort();
            List<String> expected = all.stream()
                    .filter(document -> FilterMatcher.matches(filter, document))
                    .sorted(SortOrder.of(sort))
                    .map(Document::id)
                    .toList();
            assertThat(paged(filter, sort, random.limit()))
                    .as("%s ordered by %s", filter, sort)
                    .isEqualTo(expected);
        }
    }

    @Test
    void an_interrupted_caller_hears_of_it_and_the_store_goes_on() throws Exception {
        List<ErrorCode> heard = Collections.synchronizedList(new ArrayList<>());
        Thread caller = new Thread(() -> {
            Thread.currentThread().interrupt();
            for (Executable call : List.<Executable>of(
                    () -> save("a", "{}"), () -> load("a"), () -> store.count("notes", Filter.ALL))) {
                try {
                    call.execute();
                } catch (StoreException e) {
                    heard.add(e.code());
                } catch (Throwable e) {
                    throw new AssertionError(e);
                }
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            }
        });
        caller.start();
        caller.join();
        assertThat(heard).hasSize(3).first().isIn(ErrorCode.TIMEOUT, ErrorCode.OUTCOME_UNKNOWN);
        assertThat(heard.subList(1, 3)).containsOnly(ErrorCode.TIMEOUT);
        save("b", "{}");
        assertThat(load("b")).isPresent();
    }

    @Test
    void a_closed_store_refuses_everything_and_may_be_closed_again() {
        save("a", "{}");
        store.close();
        store.close();
        for (Runnable call : List.<Runnable>of(
                () -> save("a", "{}"),
                () -> load("a"),
                () -> store.delete("notes", List.of("a")),
                () -> store.delete("notes", Filter.ALL),
                () -> ids("{}"),
                () -> store.count("notes", Filter.ALL),
                () -> store.collections(),
                () -> store.settings("notes"),
                () -> store.configure("notes", CollectionSettings.NONE),
                () -> store.changes(0, 1),
                () -> store.sequence())) {
            refused(ErrorCode.STORE_UNAVAILABLE, call::run);
        }
        store = open(directory);
        assertThat(load("a")).isPresent();
    }

    @Test
    void closing_waits_for_the_writes_that_were_begun() throws Exception {
        Map<String, Long> acknowledged = new ConcurrentHashMap<>();
        inParallel(5, saver -> {
            if (saver == 0) {
                while (acknowledged.size() < 20) {
                    Thread.onSpinWait();
                }
                store.close();
                return;
            }
            try {
                for (int i = 0; ; i++) {
                    String id = saver + "-" + i;
                    acknowledged.put(id, save(id, "{}").version());
                }
            } catch (StoreException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
            }
        });
        store = open(directory);
        assertThat(new TreeMap<>(acknowledged).keySet())
                .containsExactlyElementsOf(query("{}", 1_000, null).documents().stream()
                        .map(Document::id)
                        .sorted()
                        .limit(1_000)
                        .toList());
    }

    @Test
    void a_second_store_on_the_same_directory_is_refused_and_harms_nothing() {
        save("a", "{}");
        StoreException refusal = refused(ErrorCode.STORE_LOCKED, () -> open(directory));
        assertThat(refusal)
                .hasMessageContaining(Long.toString(ProcessHandle.current().pid()))
                .hasMessageContaining(directory.getFileName().toString());
        save("b", "{}");
        reopen();
        assertThat(ids("{}")).containsExactly("a", "b");
    }

    private List<String> paged(Filter filter, List<Query.Sort> sort, int limit) {
        List<String> ids = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Query.Page page = store.query(new Query("notes", filter, sort, limit, cursor));
            page.documents().forEach(document -> ids.add(document.id()));
            cursor = page.nextCursor();
        } while (cursor.isPresent());
        return ids;
    }

    private interface Work {
        void by(int number) throws Exception;
    }

    private static void inParallel(int workers, Work work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
            List<Callable<Void>> calls = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                int number = i;
                calls.add(() -> {
                    work.by(number);
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(calls)) {
                done.get();
            }
        }
    }
}
