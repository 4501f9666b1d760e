package io.mcpserver.storage.index;

import io.mcpserver.embedding.Embedder;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Change;
import io.mcpserver.storage.ChangeListener;
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
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreFeature;
import io.mcpserver.storage.StoreSnapshot;
import io.mcpserver.storage.StoredDocument;
import io.mcpserver.storage.index.text.Terms;
import io.mcpserver.storage.search.DocumentKeys;
import io.mcpserver.storage.search.SearchIndexFactory;
import io.mcpserver.storage.search.SearchIndexFactory.Contents;
import io.mcpserver.storage.search.SearchView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * A store that keeps documents in an engine without search, and finds them with an index beside it.
 *
 * <p>A document is found as soon as its save is acknowledged. The index lives in a folder of its own
 * and is derived: whatever happens to it, it is built again from the record.
 */
public final class IndexedStore implements DocumentStore {

    private static final int PAGE = 1_000;

    private final DocumentStore record;
    private final SettingsCache settings;
    private final Meaning meaning;
    private final Indexer indexer;
    private final Backfill backfill;
    private final Finder finder;

    private IndexedStore(DocumentStore record, Indexer indexer, Optional<Embedder> embedder) {
        this.record = record;
        this.indexer = indexer;
        this.settings = new SettingsCache(record);
        this.meaning = new Meaning(settings, embedder);
        this.backfill = new Backfill(record, settings, meaning, indexer);
        this.finder = new Finder(record, settings, meaning, indexer, backfill);
    }

    private void start() {
        indexer.start(record, new ChangeWriter(settings, meaning, backfill::wake));
        backfill.start();
    }

    /**
     * Opens an engine with an index beside it; the index catches up in the background, and searches
     * wait for it.
     *
     * @param directory folder of the index; the engine's lock protects it too
     * @param indexes opens the index
     * @param engine opens the engine, with the listener that it is given
     * @param embedder closed with the store; empty: search by words only
     * @return the engine itself where it can search
     */
    public static DocumentStore open(
            Path directory,
            SearchIndexFactory indexes,
            Function<ChangeListener, DocumentStore> engine,
            Optional<Embedder> embedder) {
        Contents contents = new Contents(
                embedder.map(Embedder::model).orElse("none"),
                embedder.map(Embedder::dimension).orElse(0),
                Terms::of);
        Indexer indexer = new Indexer(new IndexDirectory(directory, indexes, contents));
        DocumentStore record = null;
        try {
            record = engine.apply(indexer);
            if (record.features().contains(StoreFeature.SEARCH)) {
                embedder.ifPresent(Embedder::close);
                return record;
            }
            IndexedStore store = new IndexedStore(record, indexer, embedder);
            store.start();
            return store;
        } catch (RuntimeException | Error e) {
            indexer.close();
            if (record != null) {
                record.close();
            }
            embedder.ifPresent(Embedder::close);
            throw e;
        }
    }

    /** How far the index has read. */
    public IndexState index() {
        return indexer.state();
    }

    /** The versions of all documents that the index holds, by collection and id, to compare with the record. */
    Map<String, Long> indexed() throws IOException, InterruptedException {
        return indexer.read(SearchView::versions);
    }

    /**
     * How many documents the index has in another state than the record, or has not, or has though they are gone; waits
     * until it has read everything.
     */
    public long faults() {
        try {
            Map<String, Long> left = new HashMap<>(indexedWithPatience());
            long faults = 0;
            long after = 0;
            List<Change> some = record.changes(after, PAGE);
            while (!some.isEmpty()) {
                for (Change change : some) {
                    Long version = left.remove(DocumentKeys.of(change.collection(), change.id()));
                    Long wanted = change.document().map(Document::version).orElse(null);
                    faults += Objects.equals(version, wanted) ? 0 : 1;
                }
                after = some.getLast().sequence();
                some = record.changes(after, PAGE);
            }
            return faults + left.size();
        } catch (IOException e) {
            throw StorageFault.of("The search index cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(ErrorCode.TIMEOUT, "Stopped while the search index was compared.", e);
        }
    }

    /** Waits for as long as the index goes on reading. */
    private Map<String, Long> indexedWithPatience() throws IOException, InterruptedException {
        long before = -1;
        while (true) {
            try {
                return indexed();
            } catch (StoreException e) {
                long read = indexer.state().read();
                if (read <= before) {
                    throw e;
                }
                before = read;
            }
        }
    }

    /** Throws the index away and builds it anew in the background; searches wait for that. */
    public void rebuild() {
        indexer.rebuild();
    }

    @Override
    public Set<StoreFeature> features() {
        EnumSet<StoreFeature> features = EnumSet.of(StoreFeature.SEARCH);
        features.addAll(record.features());
        return features;
    }

    @Override
    public List<Saved> save(String collection, List<DocumentToSave> documents) {
        return save(collection, documents, ready -> {});
    }

    @Override
    public List<Saved> save(String collection, List<DocumentToSave> documents, IntConsumer ready) {
        return record.save(collection, meaning.embed(collection, documents, ready));
    }

    @Override
    public List<Hit> search(Search search) {
        return finder.find(search);
    }

    @Override
    public Map<String, Document> load(String collection, List<String> ids) {
        return record.load(collection, ids);
    }

    @Override
    public long delete(String collection, List<String> ids) {
        return record.delete(collection, ids);
    }

    @Override
    public long delete(String collection, Filter filter) {
        return record.delete(collection, filter);
    }

    @Override
    public Query.Page query(Query query) {
        return record.query(query);
    }

    @Override
    public long count(String collection, Filter filter) {
        return record.count(collection, filter);
    }

    @Override
    public List<String> ids(String collection, Filter filter, int most) {
        return record.ids(collection, filter, most);
    }

    @Override
    public List<CollectionInfo> collections() {
        return record.collections();
    }

    @Override
    public CollectionSettings settings(String collection) {
        return record.settings(collection);
    }

    @Override
    public void configure(String collection, CollectionSettings changed) {
        if (settings.of(collection).textFields().equals(changed.textFields())) {
            settings.set(collection, changed);
            return;
        }
        try {
            indexer.distrust();
        } catch (IOException e) {
            throw StorageFault.of("The text fields of " + collection + " cannot be changed", e);
        }
        try {
            settings.set(collection, changed);
        } finally {
            // Also where nobody knows whether they were changed.
            indexer.rebuild();
        }
    }

    @Override
    public List<Change> changes(long after, int limit) {
        return record.changes(after, limit);
    }

    @Override
    public StoreSnapshot snapshot() {
        return record.snapshot();
    }

    @Override
    public List<Saved> adopt(List<StoredDocument> documents, boolean replace) {
        return record.adopt(documents, replace);
    }

    @Override
    public Map<String, Long> figures() {
        return record.figures();
    }

    @Override
    public long sequence() {
        return record.sequence();
    }

    @Override
    public OptionalLong nativeBytes() {
        return record.nativeBytes();
    }

    @Override
    public void close() {
        indexer.settle();
        backfill.close();
        record.close();
        indexer.close();
        meaning.close();
    }
}
