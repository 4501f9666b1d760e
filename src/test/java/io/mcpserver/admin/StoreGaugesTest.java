package io.mcpserver.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpserver.data.DataLine.Operation;
import io.mcpserver.data.desk.DataDesk;
import io.mcpserver.storage.CollectionInfo;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.index.IndexState;
import io.mcpserver.storage.index.Shelf;
import io.mcpserver.storage.service.StoreService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreGaugesTest {

    @TempDir
    Path directory;

    private final MeterRegistry registry = new SimpleMeterRegistry();

    private double value(String name) {
        return registry.get(name).gauge().value();
    }

    @Test
    void aStoreThatIsNotOpenHasNoNumbersAndIsNotOpenedForThem() {
        try (StoreService stores = new StoreService(Shelf.config("duckdb", directory, Shelf.NO_MODEL))) {
            new StoreGauges(() -> stores.opened().map(store -> store.collections()), stores::index).register(registry);

            assertThat(value("mcp.store.documents")).isNaN();
            assertThat(value("mcp.index.behind")).isNaN();
            assertThat(stores.isOpen()).isFalse();
        }
    }

    @Test
    void anOpenStoreShowsWhatItHolds() {
        try (Shelf shelf = Shelf.open(directory, Shelf.NO_MODEL)) {
            StoreService stores = shelf.service();
            new StoreGauges(() -> stores.opened().map(store -> store.collections()), stores::index).register(registry);
            shelf.save("one", "a red apple");
            shelf.save("two", "a blue plum");

            assertThat(value("mcp.store.documents")).isEqualTo(2);
            assertThat(value("mcp.store.bytes")).isPositive();
            await().until(() -> value("mcp.index.behind") == 0);
        }
    }

    @Test
    void oneScrapeCountsOnceAndShowsHowFarTheIndexIsBehind() {
        AtomicInteger counts = new AtomicInteger();
        CollectionInfo notes = new CollectionInfo("notes", 3, 100, CollectionSettings.NONE);
        new StoreGauges(
                        () -> {
                            counts.incrementAndGet();
                            return Optional.of(List.of(notes, notes));
                        },
                        () -> Optional.of(new IndexState(5, 12, false)))
                .register(registry);

        assertThat(value("mcp.store.documents")).isEqualTo(6);
        assertThat(value("mcp.store.bytes")).isEqualTo(200);
        assertThat(counts).hasValue(1);
        assertThat(value("mcp.index.behind")).isEqualTo(7);
    }

    @Test
    void theLargestCollectionsHaveNumbersOfTheirOwnAndAllOthersOne() {
        StoreParts parts = new StoreParts(registry);
        List<CollectionInfo> many = new ArrayList<>();
        for (int i = 1; i <= StoreParts.MOST + 2; i++) {
            many.add(new CollectionInfo("c" + i, 1, 100L * i, CollectionSettings.NONE));
        }
        parts.count(many, Map.of("deleted_ids", 7L));

        assertThat(registry.find("mcp.store.collection.documents").gauges()).hasSize(StoreParts.MOST + 1);
        assertThat(ofCollection("c22")).isEqualTo(2200);
        assertThat(ofCollection(StoreParts.OTHERS)).isEqualTo(300);
        assertThat(registry.get("mcp.store.engine")
                        .tag("figure", "deleted_ids")
                        .gauge()
                        .value())
                .isEqualTo(7);

        parts.count(List.of(many.getFirst()), Map.of());
        assertThat(registry.find("mcp.store.collection.bytes").gauges()).hasSize(1);
        assertThat(ofCollection("c1")).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"duckdb", "lancedb", "tinydb"})
    void whateverAnEngineTellsOfItselfIsAMetricAndInTheStatistics(String engine) {
        try (Shelf shelf = Shelf.open(engine, directory, Shelf.NO_MODEL);
                DataDesk desk = new DataDesk(
                        Shelf.config(engine, directory, Shelf.NO_MODEL).storage(), shelf.service())) {
            shelf.save("one", "a red apple");
            assertThat(shelf.words("apple")).containsExactly("one");
            Map<String, Long> told = shelf.store().figures();
            new StoreParts(registry).count(shelf.store().collections(), told);

            assertThat(registry.find("mcp.store.engine").gauges())
                    .extracting(gauge -> gauge.getId().getTag("figure"))
                    .containsExactlyInAnyOrderElementsOf(told.keySet());
            JsonObject stats = new JsonObject(desk.answer(Operation.STATS, ""));
            assertThat(stats.getJsonObject("figures").fieldNames()).isEqualTo(told.keySet());
            assertThat(stats.getInteger("documents")).isEqualTo(1);
            assertThat(stats.getLong("bytes")).isPositive();
            assertThat(stats.getJsonObject("index").getLong("behind")).isZero();
            assertThat(stats.getJsonObject("disk").getLong("record_bytes")).isPositive();
        }
    }

    private double ofCollection(String name) {
        return registry.get("mcp.store.collection.bytes")
                .tag("collection", name)
                .gauge()
                .value();
    }
}
