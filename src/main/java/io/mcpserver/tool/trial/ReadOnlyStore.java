package io.mcpserver.tool.trial;

import io.mcpserver.error.ErrorCode;
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
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreFeature;
import io.mcpserver.storage.StoreSnapshot;
import io.mcpserver.storage.StoredDocument;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Another store, of which one may only read; closing leaves it open. */
public record ReadOnlyStore(DocumentStore store) implements DocumentStore {

    private static StoreException refused() {
        return new StoreException(
                ErrorCode.STORE_READ_ONLY,
                "A test may only read what the server stores; give it documents of its own with store or documents.");
    }

    @Override
    public Set<StoreFeature> features() {
        return store.features();
    }

    @Override
    public List<Saved> save(String collection, List<DocumentToSave> documents) {
        throw refused();
    }

    @Override
    public Map<String, Document> load(String collection, List<String> ids) {
        return store.load(collection, ids);
    }

    @Override
    public long delete(String collection, List<String> ids) {
        throw refused();
    }

    @Override
    public long delete(String collection, Filter filter) {
        throw refused();
    }

    @Override
    public Query.Page query(Query query) {
        return store.query(query);
    }

    @Override
    public long count(String collection, Filter filter) {
        return store.count(collection, filter);
    }

    @Override
    public List<Hit> search(Search search) {
        return store.search(search);
    }

    @Override
    public List<CollectionInfo> collections() {
        return store.collections();
    }

    @Override
    public CollectionSettings settings(String collection) {
        return store.settings(collection);
    }

    @Override
    public void configure(String collection, CollectionSettings settings) {
        throw refused();
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
        throw refused();
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
    public void close() {
        // It belongs to another.
    }
}
