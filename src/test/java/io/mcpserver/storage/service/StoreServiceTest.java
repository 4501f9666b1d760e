package io.mcpserver.storage.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.TestConfigs;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Change;
import io.mcpserver.storage.DirectoryLock;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.Search;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreFeature;
import io.mcpserver.storage.StoreSwap;
import io.mcpserver.storage.SwapClaim;
import io.mcpserver.storage.index.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreServiceTest {

    @TempDir
    Path directory;

    @Test
    void nothingIsOpenedBeforeTheStoreIsAskedFor() throws IOException {
        try (StoreService service = service("duckdb", directory.resolve("data"), Shelf.NO_MODEL)) {
            assertThat(service.isOpen()).isFalse();
            assertThat(service.opened()).isEmpty();
            assertThat(service.index()).isEmpty();
            assertThat(directory).isEmptyDirectory();

            DocumentStore store = service.store();

            assertThat(service.store()).isSameAs(store);
            assertThat(service.opened()).containsSame(store);
            assertThat(store.features()).contains(StoreFeature.SEARCH);
            assertThat(service.index()).isPresent();
        }
    }

    @Test
    void anIndexThatTheEngineCannotHaveIsRefused() {
        ServerConfig config = TestConfigs.replacing(
                Shelf.config("duckdb", directory, Shelf.NO_MODEL), "storage.searchIndex", "lance");
        try (StoreService service = new StoreService(config)) {
            assertRefused(service, ErrorCode.UNSUPPORTED, "storage.search_index is lance", "engine duckdb", "lucene");
        }
    }

    @Test
    void aStoreThatACommandHasIsWaitedFor() {
        DirectoryLock command = DirectoryLock.acquire(directory);
        AtomicInteger owned = new AtomicInteger();
        try (StoreService service = new StoreService(
                Shelf.config("duckdb", directory, Shelf.NO_MODEL), owned::incrementAndGet, Duration.ofSeconds(20))) {
            CompletableFuture<DocumentStore> store = CompletableFuture.supplyAsync(
                    service::store, opening -> Thread.ofPlatform().start(opening));
            Awaitility.await().until(() -> owned.get() == 1);
            assertThat(store).isNotDone();

            command.close();

            assertThat(store).succeedsWithin(Duration.ofSeconds(20));
        }
    }

    @Test
    void aStoreIsNotOpenedByWhoMayNotOwnIt() {
        StoreException refusal = new StoreException(ErrorCode.STORE_LOCKED, "somebody else's");
        Runnable owning = () -> {
            throw refusal;
        };
        try (StoreService service =
                new StoreService(Shelf.config("duckdb", directory, Shelf.NO_MODEL), owning, Duration.ofSeconds(20))) {
            assertThatThrownBy(service::store).isSameAs(refusal);
            assertThat(directory).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql"})
    void anEngineThatIsToComeIsRefusedWithThoseThatAreThere(String type) {
        assertRefused(service(type, directory, Shelf.NO_MODEL), ErrorCode.UNSUPPORTED, type, "not have yet", "duckdb");
    }

    @Test
    void anUnknownEngineIsRefusedWithThoseThatAreThere() {
        assertRefused(
                service("oracle", directory, Shelf.NO_MODEL),
                ErrorCode.INVALID_ARGUMENT,
                "oracle",
                "storage.type",
                "duckdb");
    }

    @Test
    void anUnknownModelIsRefusedWithThoseThatAreThere() {
        assertRefused(
                service("duckdb", directory, "word2vec"),
                ErrorCode.INVALID_ARGUMENT,
                "word2vec",
                "none",
                Shelf.MINI_LM);
    }

    @Test
    void aFailedOpenIsTriedAgainAtTheNextCall() throws IOException {
        Path data = Files.createFile(directory.resolve("data"));
        try (StoreService service = service("duckdb", data, Shelf.NO_MODEL)) {
            assertThatThrownBy(service::store).isInstanceOf(StoreException.class);
            assertThat(service.isOpen()).isFalse();

            Files.delete(data);

            assertThat(service.store().sequence()).isZero();
        }
    }

    @Test
    void aClosedServiceOpensNothingMore() {
        StoreService service = service("duckdb", directory, Shelf.NO_MODEL);
        service.store();
        service.close();
        service.close();

        assertThat(service.isOpen()).isFalse();
        assertRefused(service, ErrorCode.STORE_UNAVAILABLE, "closed");
    }

    @Test
    void listenersHearOfEveryChangeBeforeItIsAcknowledged() {
        try (StoreService service = service("duckdb", directory, Shelf.NO_MODEL)) {
            List<Change> heard = listenTo(service);
            assertThat(service.isOpen()).isFalse();

            service.store().save("notes", List.of(document("a"), document("b"), document("c")));
            assertThat(heard).extracting(Change::id).containsExactly("a", "b", "c");
            assertThat(heard).allSatisfy(change -> {
                assertThat(change.collection()).isEqualTo("notes");
                assertThat(change.document()).isPresent();
            });

            service.store().delete("notes", List.of("b", "missing"));
            assertThat(heard.subList(3, heard.size())).extracting(Change::id).containsExactly("b");

            service.store().delete("notes", Filter.ALL);
            assertThat(heard.subList(4, heard.size())).extracting(Change::id).containsExactlyInAnyOrder("a", "c");
            assertThat(heard.subList(3, heard.size()))
                    .allSatisfy(change -> assertThat(change.document()).isEmpty());
        }
    }

    @Test
    void aDeletionOfManyIsHeardOfToItsEnd() {
        try (StoreService service = service("duckdb", directory, Shelf.NO_MODEL)) {
            service.store()
                    .save(
                            "notes",
                            IntStream.range(0, 2_500)
                                    .mapToObj(i -> document("d" + i))
                                    .toList());
            List<Change> heard = listenTo(service);

            service.store().delete("notes", Filter.ALL);

            assertThat(heard).extracting(Change::id).hasSize(2_500).doesNotHaveDuplicates();
        }
    }

    @Test
    void aListenerMayReadWhatItHearsOf() {
        try (StoreService service = service("duckdb", directory, Shelf.NO_MODEL)) {
            List<Document> read = new CopyOnWriteArrayList<>();
            service.listen(changes -> changes.forEach(change -> read.addAll(service.store()
                    .load(change.collection(), List.of(change.id()))
                    .values())));

            service.store().save("notes", List.of(document("a")));

            assertThat(read).extracting(Document::id).containsExactly("a");
        }
    }

    @Test
    void aListenerThatFailsHarmsNeitherTheWriteNorTheIndexNorOtherListeners() {
        try (StoreService service = service("duckdb", directory, Shelf.NO_MODEL)) {
            service.listen(changes -> {
                throw new IllegalStateException("a listener that fails on purpose");
            });
            service.listen(changes -> {
                throw new AssertionError("a listener that fails badly on purpose");
            });
            List<Change> heard = listenTo(service);
            DocumentStore store = service.store();
            // From the first search on, the index lives on what it is told and does not read the record.
            assertThat(store.search(words("notes"))).isEmpty();
            store.save("notes", List.of(document("a"), document("b")));
            // A deletion of more than a thousand is told in turns; a failure in the first must not end the telling.
            store.save(
                    "many",
                    IntStream.range(0, 2_500).mapToObj(i -> document("d" + i)).toList());
            store.delete("many", Filter.ALL);

            assertThat(store.load("notes", List.of("a", "b"))).hasSize(2);
            assertThat(store.search(words("notes"))).hasSize(2);
            assertThat(store.search(words("many"))).isEmpty();
            assertThat(heard).hasSize(2 + 2 * 2_500);
        }
    }

    @Test
    void aSwapToAnotherEngineThatWasBegunIsFinishedBeforeAnEngineOpensItsOwnFiles() throws IOException {
        try (Shelf old = Shelf.open(directory, Shelf.NO_MODEL)) {
            old.save("old", "of the old store");
        }
        Path ready = directory.resolve(StoreSwap.WORKSHOP).resolve(StoreSwap.READY);
        try (Shelf fresh = Shelf.open("tinydb", ready, Shelf.NO_MODEL)) {
            fresh.save("new", "of the new store");
        }
        List<String> mark = new ArrayList<>(List.of("before-x"));
        try (var files = Files.list(ready)) {
            files.map(file -> "new " + file.getFileName()).forEach(mark::add);
        }
        Engines.files().stream()
                .filter(name -> Files.exists(directory.resolve(name)))
                .forEach(name -> mark.add("old " + name));
        SwapClaim.take(directory);
        Files.write(directory.resolve("swap.begun"), mark);

        try (StoreService service = service("duckdb", directory, Shelf.NO_MODEL)) {
            assertRefused(service, ErrorCode.CONFLICT, "is in the engine tinydb");
        }
        assertThat(directory.resolve("documents.duckdb")).doesNotExist();
        assertThat(directory.resolve("before-x/documents.duckdb")).exists();
        try (Shelf fresh = Shelf.open("tinydb", directory, Shelf.NO_MODEL)) {
            assertThat(fresh.store().load("notes", List.of("old", "new"))).containsOnlyKeys("new");
        }
    }

    private static List<Change> listenTo(StoreService service) {
        List<Change> heard = new CopyOnWriteArrayList<>();
        service.listen(heard::addAll);
        return heard;
    }

    private static Search words(String collection) {
        return new Search("word", Optional.of(collection), Search.Mode.WORDS, Filter.ALL, 10, false);
    }

    private static DocumentToSave document(String id) {
        return new DocumentToSave(id, Shelf.text("word"));
    }

    private static StoreService service(String type, Path path, String model) {
        return new StoreService(Shelf.config(type, path, model));
    }

    private static void assertRefused(StoreService service, ErrorCode code, String... words) {
        assertThatThrownBy(service::store).isInstanceOfSatisfying(StoreException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.getMessage()).contains(words);
        });
    }
}
