package io.mcpserver.storage.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.Hit;
import io.mcpserver.storage.Search;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.duckdb.DuckDbStoreFactory;
import io.mcpserver.storage.index.lucene.LuceneIndexFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However much there is to embed or to read: saving and closing end soon. */
class IndexedStoreBoundsTest {

    private static final CountDownLatch NOW = new CountDownLatch(0);
    private static final String NOTES = Shelf.NOTES;

    @TempDir
    Path directory;

    private DocumentStore engine(ChangeListener listener) {
        return new DuckDbStoreFactory().open(new ServerConfig.Storage("duckdb", directory, 96L << 20, 4), listener);
    }

    private DocumentStore open(Function<ChangeListener, DocumentStore> engine, SlowModel model) {
        return IndexedStore.open(
                directory.resolve("search-index"), new LuceneIndexFactory(), engine, Optional.of(model));
    }

    /** The engine, with something that happens before each call. */
    private Function<ChangeListener, DocumentStore> calls(Consumer<String> before) {
        return listener -> {
            DocumentStore store = engine(listener);
            return (DocumentStore) Proxy.newProxyInstance(
                    DocumentStore.class.getClassLoader(),
                    new Class<?>[] {DocumentStore.class},
                    (proxy, called, args) -> {
                        before.accept(called.getName());
                        try {
                            return called.invoke(store, args);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        };
    }

    private static void awaitZero(CountDownLatch going) {
        try {
            going.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<DocumentToSave> documents(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new DocumentToSave("n" + i, Shelf.text("note " + i)))
                .toList();
    }

    private static List<Hit> find(DocumentStore store, Search.Mode mode, int limit) {
        return store.search(new Search("note", Optional.of(NOTES), mode, Filter.ALL, limit, false));
    }

    @Test
    void aLargeSaveEmbedsAFewPassagesAndTheOthersFollow() {
        SlowModel model = new SlowModel(NOW);
        AtomicInteger embedded = new AtomicInteger();
        Consumer<String> count = call -> embedded.compareAndSet(0, call.equals("save") ? model.texts() : 0);
        List<Integer> ready = new ArrayList<>();
        try (DocumentStore store = open(calls(count), model)) {
            store.save(NOTES, documents(250), ready::add);

            assertThat(embedded).hasValue(Meaning.PASSAGES_A_SAVE);
            assertThat(ready).containsExactly(25, 50, 75, 100, 125, 150, 175, 250);
            assertThat(find(store, Search.Mode.WORDS, 100)).hasSize(100);
            await().until(() -> model.texts() >= 250);
            assertThat(find(store, Search.Mode.MEANING, 100)).hasSize(100);
        }
    }

    @Test
    void aDocumentOfMorePassagesThanASaveEmbedsWaits() {
        ObjectNode longOne = Shelf.text("A sentence about nothing much, and another one after it. ".repeat(4_000));
        SlowModel model = new SlowModel(NOW);
        try (DocumentStore store = open(this::engine, model)) {
            store.save(
                    NOTES, List.of(new DocumentToSave("long", longOne), new DocumentToSave("n", Shelf.text("note"))));

            assertThat(find(store, Search.Mode.WORDS, 10)).hasSize(1);
            await().until(() -> model.texts() > 201);
        }
    }

    @Test
    @Timeout(15)
    void closingDoesNotWaitForAllThatIsLeftToEmbed() throws InterruptedException {
        try (DocumentStore store = engine(ChangeListener.NONE)) {
            store.save(NOTES, documents(300));
        }
        CountDownLatch going = new CountDownLatch(1);
        SlowModel model = new SlowModel(going);
        DocumentStore store = open(this::engine, model);
        await().until(() -> model.texts() > 0);
        int before = model.texts();
        Thread closing = Thread.ofPlatform().start(store::close);
        await().until(() -> closing.getState() == Thread.State.WAITING);

        going.countDown();
        closing.join();

        assertThat(before).isLessThan(32);
        assertThat(model.texts()).isEqualTo(before);
        assertThat(model.isClosed()).isTrue();
    }

    @Test
    void whatWasEmbeddedLaterNeedNotBeEmbeddedAgain() {
        try (DocumentStore store = open(this::engine, new SlowModel(NOW))) {
            store.save(NOTES, documents(1));
        }
        try (DocumentStore store = engine(ChangeListener.NONE)) {
            store.save(NOTES, documents(20));
        }
        CountDownLatch never = new CountDownLatch(1);
        try (DocumentStore store = open(this::engine, new SlowModel(never))) {
            assertThat(find(store, Search.Mode.WORDS, 100)).hasSize(20);
            Thread.ofPlatform().start(() -> {
                await().pollDelay(Duration.ofMillis(300)).until(() -> true);
                never.countDown();
            });
        }
        SlowModel embeds = new SlowModel(NOW);
        try (DocumentStore store = open(this::engine, embeds)) {
            await().untilAsserted(() ->
                    assertThat(find(store, Search.Mode.MEANING, 100)).hasSize(20));
        }

        SlowModel again = new SlowModel(NOW);
        try (DocumentStore store = open(this::engine, again)) {
            assertThat(find(store, Search.Mode.MEANING, 100)).hasSize(20);
        }
        assertThat(again.texts()).isEqualTo(1);
    }

    @Test
    @Timeout(15)
    void closingDoesNotWaitForAnIndexThatIsFarBehind() {
        CountDownLatch going = new CountDownLatch(1);
        SlowModel model = new SlowModel(NOW);
        DocumentStore store = open(
                calls(method -> {
                    // The record is closed after the wait for the index; only then its changes can be read.
                    if (method.equals("close")) {
                        going.countDown();
                    } else if (method.equals("changes")) {
                        awaitZero(going);
                    }
                }),
                model);
        store.save(NOTES, documents(1));

        store.close();

        assertThat(model.isClosed()).isTrue();
        try (DocumentStore again = open(this::engine, new SlowModel(NOW))) {
            assertThat(find(again, Search.Mode.WORDS, 10)).hasSize(1);
        }
    }

    @Test
    void anEngineThatRefusesLeavesNoModelOpen() {
        SlowModel model = new SlowModel(NOW);
        StoreException refusal = new StoreException(ErrorCode.STORE_LOCKED, "somebody else has it");

        assertThatThrownBy(() -> open(
                        listener -> {
                            throw refusal;
                        },
                        model))
                .isSameAs(refusal);

        assertThat(model.isClosed()).isTrue();
    }

    @Test
    void aStoreThatCannotStartLeavesNothingOpen() {
        SlowModel model = new SlowModel(NOW);
        Function<ChangeListener, DocumentStore> failing = calls(method -> {
            if (method.equals("sequence")) {
                throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "no sequence");
            }
        });

        assertThatThrownBy(() -> open(failing, model)).hasMessage("no sequence");

        assertThat(model.isClosed()).isTrue();
        engine(ChangeListener.NONE).close();
    }
}
