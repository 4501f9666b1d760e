package io.mcpserver.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpserver.error.ErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random sequences of operations, with restarts in between, after each of which the store answers as a {@link StoreModel}
 * does. A subclass says how its store is opened.
 *
 * <p>There are {@code test.model.sequences} of them, 100 by default, the same ones each time; {@code test.model.seed} gives
 * others. A failure names its sequence and what was done in it.
 */
public abstract class ModelContract {

    private static final int SEQUENCES = Integer.getInteger("test.model.sequences", 100);
    private static final long SEED = Long.getLong("test.model.seed", 20_261_126);
    private static final int MOST_OPERATIONS = 12;

    /** A restart costs some engines a tenth of a second: one in so many operations. */
    private static final int RESTART = 80;

    private static final List<String> COLLECTIONS = List.of("notes", "default", "a.b");
    private static final List<String> IDS = List.of("a", "b", "c", "é 中", "😀", "../x", "1", "2");

    @TempDir
    Path directory;

    private final StoreModel model = new StoreModel();
    private final List<String> done = new ArrayList<>();
    private DocumentStore store;
    private Random random;
    private RandomDocuments documents;

    /** Opens the store of the engine under test; the same directory must give the same documents again. */
    protected abstract DocumentStore open(Path directory);

    @Test
    void a_store_does_what_the_model_does() {
        store = open(directory);
        try {
            for (int sequence = 0; sequence < SEQUENCES; sequence++) {
                random = new Random(SEED + sequence);
                documents = new RandomDocuments(SEED + sequence);
                done.clear();
                try {
                    sequence();
                } catch (RuntimeException | AssertionError e) {
                    throw new AssertionError("Sequence %d of seed %d: %s".formatted(sequence, SEED, done), e);
                }
            }
        } finally {
            store.close();
        }
    }

    private void sequence() {
        for (int i = 1 + random.nextInt(MOST_OPERATIONS); i > 0; i--) {
            String collection = pick(COLLECTIONS);
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> save(collection);
                case 4 -> saveExpecting(collection);
                case 5, 6 -> delete(collection);
                case 7 -> deleteSelected(collection);
                case 8 -> load(collection);
                case 9 -> query(collection);
                case 10 -> configure(collection);
                default -> changes();
            }
            if (random.nextInt(RESTART) == 0) {
                restart();
            }
        }
        if (random.nextInt(4) == 0) {
            checkAll();
            // So that what is stored does not grow with the number of sequences.
            for (String collection : COLLECTIONS) {
                assertThat(store.delete(collection, Filter.ALL)).isEqualTo(model.delete(collection, Filter.ALL));
            }
        }
    }

    private void save(String collection) {
        List<DocumentToSave> batch = batch();
        done.add("save " + collection + " " + batch);
        assertThat(store.save(collection, batch)).isEqualTo(model.save(collection, batch));
    }

    private void saveExpecting(String collection) {
        List<DocumentToSave> batch = new ArrayList<>();
        for (DocumentToSave one : batch()) {
            long expected = Math.max(0, model.version(collection, one.id()) + (random.nextInt(4) == 0 ? 1 : 0));
            batch.add(new DocumentToSave(one.id(), one.content(), OptionalLong.of(expected), List.of()));
        }
        done.add("save expecting " + collection + " " + batch);
        if (model.conflicts(collection, batch)) {
            StoreException conflict = catchThrowableOfType(StoreException.class, () -> store.save(collection, batch));
            assertThat(conflict).as("a conflict").isNotNull();
            assertThat(conflict.code()).isEqualTo(ErrorCode.CONFLICT);
        } else {
            assertThat(store.save(collection, batch)).isEqualTo(model.save(collection, batch));
        }
    }

    private void delete(String collection) {
        List<String> ids = ids();
        done.add("delete " + collection + " " + ids);
        assertThat(store.delete(collection, ids)).isEqualTo(model.delete(collection, ids));
    }

    private void deleteSelected(String collection) {
        Filter filter = documents.filter();
        done.add("delete " + collection + " " + filter);
        assertThat(store.delete(collection, filter)).isEqualTo(model.delete(collection, filter));
    }

    private void load(String collection) {
        List<String> ids = ids();
        done.add("load " + collection + " " + ids);
        model.check(store.load(collection, ids), collection, ids);
    }

    private void query(String collection) {
        Filter filter = documents.filter();
        List<Query.Sort> sort = documents.sort();
        done.add("query " + collection + " " + filter + " " + sort);
        List<Document> found = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Query.Page page = store.query(new Query(collection, filter, sort, 3 + random.nextInt(9), cursor));
            assertThat(page.total()).isEqualTo(model.select(collection, filter).size());
            found.addAll(page.documents());
            cursor = page.nextCursor();
        } while (cursor.isPresent());
        // By the times that the store gave, which the model cannot know.
        assertThat(found).isSortedAccordingTo(SortOrder.of(sort));
        model.checkSelected(found, collection, filter);
        assertThat(store.count(collection, filter)).isEqualTo(found.size());
    }

    private void configure(String collection) {
        CollectionSettings settings = new CollectionSettings(
                random.nextBoolean() ? Optional.of(new CollectionSettings.Model("mini", 3)) : Optional.empty(),
                random.nextBoolean() ? List.of("a", "b.c") : List.of());
        done.add("configure " + collection + " " + settings);
        store.configure(collection, settings);
        model.configure(collection, settings);
        assertThat(store.settings(collection)).isEqualTo(settings);
    }

    private void changes() {
        long after = random.nextLong(model.sequence() + 1);
        done.add("changes after " + after);
        assertThat(store.sequence()).isEqualTo(model.sequence());
        List<Change> changes = new ArrayList<>();
        long at = after;
        for (List<Change> some = store.changes(at, 7); !some.isEmpty(); some = store.changes(at, 7)) {
            changes.addAll(some);
            at = some.getLast().sequence();
        }
        model.checkChanges(changes, after);
    }

    private void restart() {
        done.add("restart");
        store.close();
        store = open(directory);
    }

    private void checkAll() {
        done.add("check");
        for (String collection : COLLECTIONS) {
            Query all = new Query(collection, Filter.ALL, List.of(), 1_000, Optional.empty());
            model.checkSelected(store.query(all).documents(), collection, Filter.ALL);
            assertThat(store.settings(collection)).isEqualTo(model.settings(collection));
        }
        model.checkCollections(store.collections());
        model.checkChanges(store.changes(0, 10_000), 0);
        assertThat(store.sequence()).isEqualTo(model.sequence());
    }

    private List<DocumentToSave> batch() {
        Map<String, DocumentToSave> batch = new LinkedHashMap<>();
        for (DocumentToSave one : documents.documents(1 + random.nextInt(5))) {
            String id = pick(IDS);
            batch.put(id, new DocumentToSave(id, one.content()));
        }
        return List.copyOf(batch.values());
    }

    private List<String> ids() {
        List<String> ids = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            ids.add(pick(IDS));
        }
        return ids;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
