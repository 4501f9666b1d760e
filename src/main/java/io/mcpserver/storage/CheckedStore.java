package io.mcpserver.storage;

import io.mcpserver.error.ErrorCode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * An engine's store behind the checks that all engines have in common: names of collections, ids, sort keys, limits, and
 * whether it is open. So the engine is asked valid things only, never for nothing, and closed once.
 */
public final class CheckedStore implements DocumentStore {

    private static final int MAX_PAGE = 1_000;

    private final DocumentStore engine;
    private final AtomicBoolean closed = new AtomicBoolean();

    public CheckedStore(DocumentStore engine) {
        this.engine = engine;
    }

    @Override
    public Set<StoreFeature> features() {
        return engine.features();
    }

    @Override
    public List<Saved> save(String collection, List<DocumentToSave> documents) {
        return save(collection, documents, done -> {});
    }

    @Override
    public List<Saved> save(String collection, List<DocumentToSave> documents, IntConsumer ready) {
        CollectionNames.check(collection);
        DocumentRules.checkDocuments(documents);
        requireOpen();
        return documents.isEmpty() ? List.of() : engine.save(collection, documents, ready);
    }

    @Override
    public Map<String, Document> load(String collection, List<String> ids) {
        CollectionNames.check(collection);
        DocumentRules.checkIds(ids);
        requireOpen();
        return ids.isEmpty() ? Map.of() : engine.load(collection, List.copyOf(new LinkedHashSet<>(ids)));
    }

    @Override
    public long delete(String collection, List<String> ids) {
        CollectionNames.check(collection);
        DocumentRules.checkIds(ids);
        requireOpen();
        return ids.isEmpty() ? 0 : engine.delete(collection, List.copyOf(new LinkedHashSet<>(ids)));
    }

    @Override
    public long delete(String collection, Filter filter) {
        CollectionNames.check(collection);
        requireOpen();
        return engine.delete(collection, filter);
    }

    @Override
    public Query.Page query(Query query) {
        CollectionNames.check(query.collection());
        SortOrder.check(query.sort());
        requireLimit(query.limit(), MAX_PAGE);
        requireOpen();
        return engine.query(query);
    }

    @Override
    public long count(String collection, Filter filter) {
        CollectionNames.check(collection);
        requireOpen();
        return engine.count(collection, filter);
    }

    @Override
    public List<String> ids(String collection, Filter filter, int most) {
        CollectionNames.check(collection);
        requireOpen();
        return engine.ids(collection, filter, most);
    }

    @Override
    public List<Hit> search(Search search) {
        requireOpen();
        return engine.search(search);
    }

    @Override
    public List<CollectionInfo> collections() {
        requireOpen();
        return engine.collections();
    }

    @Override
    public CollectionSettings settings(String collection) {
        CollectionNames.check(collection);
        requireOpen();
        return engine.settings(collection);
    }

    @Override
    public void configure(String collection, CollectionSettings settings) {
        CollectionNames.check(collection);
        requireOpen();
        engine.configure(collection, settings);
    }

    @Override
    public List<Change> changes(long after, int limit) {
        requireLimit(limit, DocumentRules.MAX_BATCH);
        requireOpen();
        return engine.changes(after, limit);
    }

    @Override
    public StoreSnapshot snapshot() {
        requireOpen();
        return engine.snapshot();
    }

    @Override
    public List<Saved> adopt(List<StoredDocument> documents, boolean replace) {
        DocumentRules.checkStored(documents);
        requireOpen();
        return documents.isEmpty() ? List.of() : engine.adopt(documents, replace);
    }

    @Override
    public Map<String, Long> figures() {
        requireOpen();
        return engine.figures();
    }

    @Override
    public long sequence() {
        requireOpen();
        return engine.sequence();
    }

    @Override
    public OptionalLong nativeBytes() {
        requireOpen();
        return engine.nativeBytes();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            engine.close();
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "The store is closed.");
        }
    }

    private static void requireLimit(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw new StoreException(
                    ErrorCode.INVALID_ARGUMENT, "The limit must be 1 to " + most + ", not " + limit + ".");
        }
    }
}
