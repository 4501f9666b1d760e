package io.mcpserver.storage.lancedb.passages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.mcpserver.storage.FolderDelete;
import io.mcpserver.storage.FreeSpace;
import io.mcpserver.storage.SmallDisk;
import io.mcpserver.storage.lancedb.dataset.Lance;
import io.mcpserver.storage.lancedb.dataset.LanceMemory;
import io.mcpserver.storage.lancedb.dataset.Versions;
import io.mcpserver.storage.search.DamagedIndexException;
import io.mcpserver.storage.search.IndexClosedException;
import io.mcpserver.storage.search.IndexedDocument;
import io.mcpserver.storage.search.Match;
import io.mcpserver.storage.search.Restriction;
import io.mcpserver.storage.search.SearchIndex;
import io.mcpserver.storage.search.SearchIndexFactory.Contents;
import io.mcpserver.storage.search.SearchView;
import io.mcpserver.storage.search.Window;
import io.mcpserver.storage.search.WordQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lance.Dataset;

class PassageIndexTest {

    private static final int DIMENSION = 24;
    private static final int MANY = Upkeep.VECTORS_FOR_INDEX + 500;
    private static final Contents CONTENTS = new Contents("a-model", DIMENSION, text -> List.of(text.split(" ")));

    private final PassageIndexFactory factory = new PassageIndexFactory();
    private final Random random = new Random(5);

    @TempDir
    Path folder;

    @BeforeAll
    static void loadLance() {
        Lance.load(LanceMemory.of(0));
    }

    private SearchIndex open() throws IOException {
        factory.verify(folder);
        return factory.open(folder, CONTENTS);
    }

    private static IndexedDocument document(String id, String text, List<float[]> vectors) {
        return document("notes", id, text, vectors);
    }

    private static IndexedDocument document(String collection, String id, String text, List<float[]> vectors) {
        return new IndexedDocument(collection, id, 1, List.of(text), vectors, false);
    }

    /** Near one of twenty points. */
    private float[] vector() {
        int point = random.nextInt(20);
        Random around = new Random(point);
        float[] vector = new float[DIMENSION];
        double square = 0;
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) (around.nextGaussian() + 0.4 * random.nextGaussian());
            square += vector[i] * vector[i];
        }
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] /= (float) Math.sqrt(square);
        }
        return vector;
    }

    private static double cosine(float[] one, float[] other) {
        return IntStream.range(0, DIMENSION).mapToDouble(i -> one[i] * other[i]).sum();
    }

    private static Window words(SearchIndex index, String... terms) throws Exception {
        return index.read(view -> view.words(new WordQuery(List.of(terms), List.of()), Restriction.NONE, 100));
    }

    private static Map<String, Long> versions(SearchIndex index, String... keys) throws Exception {
        return index.read(view -> keys.length == 0 ? view.versions() : view.versions(List.of(keys)));
    }

    private static Set<String> ids(Window window) {
        Set<String> ids = new HashSet<>();
        window.matches().forEach(match -> ids.add(match.id()));
        return ids;
    }

    private List<float[]> fill(SearchIndex index, int count) throws IOException {
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            vectors.add(vector());
            index.put(document("n" + i, "note number" + i, List.of(vectors.getLast())));
        }
        index.commit(count);
        return vectors;
    }

    @Test
    void the_nearest_of_many_are_found_also_after_a_fifth_was_replaced() throws Exception {
        try (SearchIndex index = open()) {
            List<float[]> vectors = fill(index, MANY);
            assertThat(Position.read(folder).orElseThrow().trained())
                    .isBetween((long) Upkeep.VECTORS_FOR_INDEX, (long) MANY);
            assertThat(recall(index, vectors)).isGreaterThanOrEqualTo(0.97);

            for (int i = 0; i < MANY / 5; i++) {
                int replaced = random.nextInt(MANY);
                vectors.set(replaced, vector());
                index.put(document("n" + replaced, "note again", List.of(vectors.get(replaced))));
            }
            index.commit(2 * MANY);

            assertThat(recall(index, vectors)).isGreaterThanOrEqualTo(0.97);
        }
        assertThat(Position.read(folder).orElseThrow().trained())
                .isBetween((long) Upkeep.VECTORS_FOR_INDEX, (long) MANY);
    }

    private double recall(SearchIndex index, List<float[]> vectors) throws Exception {
        int found = 0;
        for (int i = 0; i < 40; i++) {
            float[] question = vector();
            Set<String> nearest = new HashSet<>(IntStream.range(0, vectors.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer one) -> -cosine(question, vectors.get(one))))
                    .limit(10)
                    .map(one -> "n" + one)
                    .toList());
            List<Match> matches = index.read(view -> view.meaning(question, Restriction.toCollection("notes"), 100))
                    .matches();
            assertThat(matches.getFirst().score())
                    .isCloseTo(
                            cosine(
                                    question,
                                    vectors.get(Integer.parseInt(
                                            matches.getFirst().id().substring(1)))),
                            offset(1e-4));
            found += (int) matches.stream()
                    .limit(10)
                    .filter(match -> nearest.contains(match.id()))
                    .count();
        }
        return found / 400.0;
    }

    @Test
    void all_of_a_few_among_many_are_found() throws Exception {
        try (SearchIndex index = open()) {
            fill(index, MANY);
            for (int i = 0; i < 5; i++) {
                index.put(document("others", "o" + i, "other", List.of(vector())));
            }
            index.commit(MANY + 5);
            float[] question = vector();

            Window all = index.read(view -> view.meaning(question, Restriction.toCollection("others"), 100));
            Window two = index.read(
                    view -> view.meaning(question, Restriction.toKeys(List.of("others\no1", "notes\nn7")), 100));
            Window none = index.read(view -> view.meaning(question, Restriction.toKeys(List.of()), 100));

            assertThat(ids(all)).containsExactlyInAnyOrder("o0", "o1", "o2", "o3", "o4");
            assertThat(all.complete()).isTrue();
            assertThat(ids(two)).containsExactlyInAnyOrder("o1", "n7");
            assertThat(none.matches()).isEmpty();
        }
    }

    @Test
    void what_has_no_vectors_is_found_by_words_beside_what_has_some() throws Exception {
        try (SearchIndex index = open()) {
            fill(index, MANY);
            for (int i = 0; i < 1_200; i++) {
                index.put(document("w" + i, "wordy word" + i, List.of()));
            }
            index.put(new IndexedDocument("notes", "empty", 3, List.of(), List.of(), false));
            index.commit(MANY + 1_200);

            assertThat(ids(words(index, "word77"))).containsExactly("w77");
            assertThat(versions(index, "notes\nempty", "notes\nw5", "notes\ngone"))
                    .hasSize(2)
                    .containsEntry("notes\nempty", 3L);
            assertThat(versions(index)).hasSize(MANY + 1_201);
        }
    }

    @Test
    void what_was_not_committed_is_gone_and_can_be_written_again() throws Exception {
        try (SearchIndex index = open()) {
            index.put(document("one", "apple", List.of()));
            index.commit(1);
            assertThat(index.isChanged()).isFalse();
            index.put(document("two", "banana", List.of()));
            index.remove(List.of("notes\none"));
            assertThat(index.isChanged()).isTrue();
            assertThat(ids(words(index, "apple", "banana"))).containsExactly("two");
        }
        assertThat(factory.verify(folder).sequence()).isEqualTo(1);
        try (SearchIndex index = open()) {
            assertThat(ids(words(index, "apple", "banana"))).containsExactly("one");
            index.put(document("two", "cherry", List.of()));
            index.commit(2);
        }
        try (SearchIndex index = open()) {
            assertThat(ids(words(index, "apple", "banana", "cherry"))).containsExactlyInAnyOrder("one", "two");
        }
    }

    @Test
    void many_writes_leave_few_versions_and_each_document_once() throws Exception {
        try (SearchIndex index = open()) {
            for (int round = 1; round <= 120; round++) {
                index.put(document("same", "apple round" + round, List.of(vector())));
                index.put(document("other" + round % 7, "banana", List.of(vector())));
                assertThat(ids(words(index, "round" + round))).containsExactly("same");
                if (round % 40 == 0) {
                    index.commit(round);
                }
            }
            assertThat(words(index, "apple").matches()).hasSize(1);
            assertThat(versions(index)).hasSize(8);
        }
        Versions versions = new Versions(PassageIndexFactory.dataset(folder));
        assertThat(versions.count()).isLessThan(160);
        try (Dataset newest = versions.open().dataset()) {
            assertThat(newest.getFragments()).hasSizeLessThan(50);
        }
    }

    @Test
    void few_vectors_among_many_rows_have_no_index_and_keep_nothing_from_being_committed() throws Exception {
        try (SearchIndex index = open()) {
            for (int i = 0; i < MANY; i++) {
                List<float[]> vectors = i % 200 == 0 ? List.of(vector()) : List.of();
                index.put(new IndexedDocument("notes", "n" + i, 1, List.of("note"), vectors, vectors.isEmpty()));
            }
            index.commit(MANY);

            assertThat(Position.read(folder).orElseThrow().trained()).isZero();
            assertThat(index.read(view -> view.meaning(vector(), Restriction.NONE, 100))
                            .matches())
                    .hasSize(53);
        }
    }

    @Test
    void processes_that_write_little_leave_few_files_behind() throws Exception {
        for (int process = 1; process <= 8; process++) {
            try (SearchIndex index = open()) {
                for (int i = 0; i < 10; i++) {
                    index.put(document("n" + process + "-" + i, "note", List.of(vector())));
                    words(index, "note");
                }
                index.commit(process);
            }
        }
        Versions versions = new Versions(PassageIndexFactory.dataset(folder));
        try (Dataset newest = versions.open().dataset()) {
            assertThat(newest.countRows()).isEqualTo(80);
            assertThat(newest.getFragments()).hasSizeLessThan(40);
        }
        assertThat(versions.count()).isLessThan(80);
    }

    @Test
    void a_file_that_goes_while_it_is_read_is_noticed() throws Exception {
        try (SearchIndex index = open()) {
            for (int i = 0; i < 20; i++) {
                index.put(document("n" + i, "note", List.of(vector())));
            }
            index.commit(1);
            FolderDelete.delete(PassageIndexFactory.dataset(folder).resolve("data"));

            assertThatThrownBy(() -> index.read(SearchView::versions)).isInstanceOf(DamagedIndexException.class);
            assertThatThrownBy(() -> index.put(document("one", "apple", List.of())))
                    .isInstanceOf(IndexClosedException.class);
        }
    }

    @Test
    void passages_that_wait_for_their_vectors_are_counted_and_named() throws Exception {
        try (SearchIndex index = open()) {
            for (int i = 0; i < 3; i++) {
                index.put(new IndexedDocument("notes", "p" + i, i, List.of("a", "b"), List.of(), true));
            }
            index.put(document("ready", "c", List.of(vector())));

            assertThat(index.read(SearchView::pending)).isEqualTo(6);
            Map<String, Long> some = index.read(view -> view.somePending(2));
            assertThat(some).hasSizeBetween(1, 2);

            index.put(document("p0", "a", List.of(vector())));
            assertThat(index.read(SearchView::pending)).isEqualTo(4);
        }
    }

    @Test
    void an_index_whose_files_are_gone_is_closed_by_the_next_write() throws Exception {
        try (SearchIndex index = open()) {
            index.put(document("one", "apple", List.of()));
            index.commit(1);
            FolderDelete.delete(PassageIndexFactory.dataset(folder));
            index.put(document("two", "banana", List.of()));

            assertThatThrownBy(() -> words(index, "banana")).hasMessageContaining("are gone");
            assertThatThrownBy(() -> words(index, "banana")).isInstanceOf(IndexClosedException.class);
            assertThatThrownBy(() -> index.commit(2)).isInstanceOf(IndexClosedException.class);
        }
    }

    @Test
    @Tag("system")
    void the_last_room_of_a_disk_is_left_to_the_documents() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, 16);
                SearchIndex index = open()) {
            index.put(document("one", "apple", List.of()));
            index.commit(1);
            disk.fillUpTo(FreeSpace.SPARE);
            index.put(document("two", "banana", List.of()));

            assertThatThrownBy(() -> words(index, "banana")).hasMessageContaining("leaves to the documents");
        }
    }
}
