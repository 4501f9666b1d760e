package io.mcpserver.storage.service;

import io.mcpserver.storage.Change;
import io.mcpserver.storage.CollectionInfo;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.Hit;
import io.mcpserver.storage.Query;
import io.mcpserver.storage.Saved;
import io.mcpserver.storage.Search;
import io.mcpserver.storage.StoreFeature;
import io.mcpserver.storage.StoreSnapshot;
import io.mcpserver.storage.StoredDocument;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntConsumer;

/** A store whose operations are timed. */
public final class TimedStore implements DocumentStore {

    private static final String SAVE = "save";
    private static final String DELETE = "delete";

    private final DocumentStore store;
    private final StoreTimes times;

    TimedStore(DocumentStore store, StoreTimes times) {
        this.store = store;
        this.times = times;
    }

    /** The store that is timed. */
    public DocumentStore inner() {
        return store;
    }

    @Override
    public Set<StoreFeature> features() {
        return store.features();
    }

    @Override
    public List<Saved> save(String collection, List<DocumentToSave> documents) {
        return times.time(SAVE, () -> store.save(collection, documents));
    }

    @Override
    public List<Saved> save(String collection, List<DocumentToSave> documents, IntConsumer ready) {
        return times.time(SAVE, () -> store.save(collection, documents, ready));
    }

    @Override
    public Map<String, Document> load(String collection, List<String> ids) {
        return times.time("load", () -> store.load(collection, ids));
    }

    @Override
    public long delete(String collection, List<String> ids) {
        return times.time(DELETE, () -> store.delete(collection, ids));
    }

    @Override
    public long delete(String collection, Filter filter) {
        return times.time(DELETE, () -> store.delete(collection, filter));
    }

    @Override
    public Query.Page query(Query query) {
        return times.time("query", () -> store.query(query));
    }

    @Override
    public long count(String collection, Filter filter) {
        return times.time("count", () -> store.count(collection, filter));
    }

    @Override
    public List<String> ids(String collection, Filter filter, int most) {
        return times.time("ids", () -> store.ids(collection, filter, most));
    }

    @Override
    public List<Hit> search(Search search) {
        return times.time("search", () -> store.search(search));
    }

    @Override
    public List<CollectionInfo> collections() {
        return times.time("collections", store::collections);
    }

    @Override
    public CollectionSettings settings(String collection) {
        return store.settings(collection);
    }

    @Override
    public void configure(String collection, CollectionSettings settings) {
        store.configure(collection, settings);
    }

    @Override
    public List<Change> changes(long after, int limit) {
        return store.changes(after, limit);
    }

    @Override
    public StoreSnapshot snapshot() {
        return store.snapshot();
    }

    @Override
    public List<Saved> adopt(List<StoredDocument> documents, boolean replace) {
        return times.time(SAVE, () -> store.adopt(documents, replace));
    }

    @Override
    public Map<String, Long> figures() {
        return store.figures();
    }

    @Override
    public long sequence() {
        return store.sequence();
    }

    @Override
    public OptionalLong nativeBytes() {
        return store.nativeBytes();
    }

    @Override
    public void close() {
        store.close();
    }
}
