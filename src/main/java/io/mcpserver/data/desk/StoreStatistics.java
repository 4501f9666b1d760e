package io.mcpserver.data.desk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.storage.CollectionInfo;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.index.IndexState;
import io.mcpserver.storage.service.DiskUse;
import io.mcpserver.storage.service.Engines;
import io.mcpserver.storage.service.StoreService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is in a store, counted now, as one JSON object. */
final class StoreStatistics {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofMillis(20);

    private StoreStatistics() {}

    static ObjectNode of(ServerConfig.Storage config, StoreService stores) {
        DocumentStore store = stores.store();
        List<CollectionInfo> collections = store.collections();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("engine", config.type())
                .put("path", config.path().toString())
                .put("collections", collections.size())
                .put("documents", sum(collections, true))
                .put("bytes", sum(collections, false))
                .put("sequence", store.sequence());
        index(stores).ifPresent(index -> json.putObject("index")
                .put("read", index.read())
                .put("written", index.written())
                .put("behind", Math.max(0, index.written() - index.read()))
                .put("current", index.current()));
        ObjectNode figures = json.putObject("figures");
        store.figures().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(figure -> figures.put(figure.getKey(), figure.getValue()));
        DiskUse disk = DiskUse.of(config.path());
        json.putObject("disk")
                .put("record_bytes", disk.record())
                .put("index_bytes", disk.index())
                .put("free_bytes", disk.free());
        List<Instant> kept = Engines.find(config.type()).keptStates(config);
        if (!kept.isEmpty()) {
            json.putObject("history")
                    .put("states", kept.size())
                    .put("since", kept.getFirst().toString());
        }
        ArrayNode all = json.putArray("by_collection");
        collections.forEach(collection -> collection(collection, all.addObject()));
        return json;
    }

    /** In a store that was opened just now the index is opened a moment later. */
    private static Optional<IndexState> index(StoreService stores) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Optional<IndexState> state = stores.index();
        try {
            while (state.isPresent() && isOpening(state.get()) && System.nanoTime() < end) {
                Thread.sleep(POLL);
                state = stores.index();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return state;
    }

    private static boolean isOpening(IndexState state) {
        return state.read() == 0 && state.written() > 0;
    }

    private static void collection(CollectionInfo collection, ObjectNode json) {
        json.put("name", collection.name())
                .put("documents", collection.documents())
                .put("bytes", collection.bytes());
        collection.settings().model().ifPresent(model -> json.put("model", model.name()));
        if (!collection.settings().textFields().isEmpty()) {
            collection.settings().textFields().forEach(json.putArray("text_fields")::add);
        }
    }

    private static long sum(List<CollectionInfo> collections, boolean documents) {
        return collections.stream()
                .mapToLong(one -> documents ? one.documents() : one.bytes())
                .sum();
    }
}
