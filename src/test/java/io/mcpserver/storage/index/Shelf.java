package io.mcpserver.storage.index;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.TestConfigs;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.Hit;
import io.mcpserver.storage.Search;
import io.mcpserver.storage.service.StoreService;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A store with its index in a test's folder, and short ways to fill it and to ask it. */
public final class Shelf implements AutoCloseable {

    public static final String NOTES = "notes";
    public static final String MINI_LM = "all-minilm-l6-v2-q";
    public static final String NO_MODEL = "none";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StoreService service;

    private Shelf(StoreService service) {
        this.service = service;
    }

    public static Shelf open(Path directory, String model) {
        return open("duckdb", directory, model);
    }

    public static Shelf open(String type, Path directory, String model) {
        return open(config(type, directory, model));
    }

    /** With {@code lancedb}, and the index in Lance too. */
    public static Shelf openWithLance(Path directory, String model) {
        return open(TestConfigs.replacing(config("lancedb", directory, model), "storage.searchIndex", "lance"));
    }

    private static Shelf open(ServerConfig config) {
        Shelf shelf = new Shelf(new StoreService(config));
        shelf.store();
        return shelf;
    }

    /** Of an engine and a model, also such as no file may name. */
    public static ServerConfig config(String type, Path directory, String model) {
        ServerConfig config = TestConfigs.of(
                "storage.path=" + directory, "storage.cache_size=128MiB", "storage.connection_pool_size=4");
        return TestConfigs.replacing(TestConfigs.replacing(config, "storage.type", type), "embedding.model", model);
    }

    public DocumentStore store() {
        return service.store();
    }

    public StoreService service() {
        return service;
    }

    public static ObjectNode text(String text) {
        return JSON.createObjectNode().put("text", text);
    }

    /** Saves a note. */
    public void save(String id, String text) {
        save(NOTES, id, text(text));
    }

    public void save(String collection, String id, ObjectNode content) {
        store().save(collection, List.of(new DocumentToSave(id, content)));
    }

    /** Ids of the notes that are found, best first. */
    public List<String> find(Search.Mode mode, String query) {
        return ids(search(mode, query, Filter.ALL, 10));
    }

    public List<String> words(String query) {
        return find(Search.Mode.WORDS, query);
    }

    public List<Hit> search(Search.Mode mode, String query, Filter filter, int limit) {
        return store().search(new Search(query, Optional.of(NOTES), mode, filter, limit, true));
    }

    public static List<String> ids(List<Hit> hits) {
        return hits.stream().map(hit -> hit.document().id()).toList();
    }

    @Override
    public void close() {
        service.close();
    }
}
