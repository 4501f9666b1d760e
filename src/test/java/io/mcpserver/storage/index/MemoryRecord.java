package io.mcpserver.storage.index;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreFeature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A record in memory, for tests of the index alone: all that a reopened engine would know survives
 * the close of the index, because the test keeps it.
 */
final class MemoryRecord implements DocumentStore {

    private final Map<String, TreeMap<String, Document>> collections = new TreeMap<>();
    private final Map<String, CollectionSettings> settings = new HashMap<>();
    private final Map<String, Change> changes = new LinkedHashMap<>();
    private ChangeListener listener = ChangeListener.NONE;
    private long sequence;

    /** Takes the place of opening an engine. */
    synchronized DocumentStore listen(ChangeListener listener) {
        this.listener = listener;
        return this;
    }

    @Override
    public Set<StoreFeature> features() {
        return Set.of();
    }

    @Override
    public synchronized List<Saved> save(String collection, List<DocumentToSave> documents) {
        List<Saved> saved = new ArrayList<>();
        List<Change> done = new ArrayList<>();
        TreeMap<String, Document> into = collections.computeIfAbsent(collection, name -> new TreeMap<>());
        for (DocumentToSave one : documents) {
            Document old = into.get(one.id());
            Instant now = Instant.now();
            Document document = new Document(
                    one.id(),
                    one.content(),
                    old == null ? 1 : old.version() + 1,
                    old == null ? now : old.created(),
                    now);
            into.put(one.id(), document);
            saved.add(new Saved(one.id(), document.version(), old == null));
            done.add(new Change(++sequence, collection, one.id(), Optional.of(document), one.vectors()));
        }
        publish(done);
        return saved;
    }

    private void publish(List<Change> done) {
        for (Change change : done) {
            String key = change.collection() + "/" + change.id();
            changes.remove(key);
            changes.put(
                    key,
                    new Change(change.sequence(), change.collection(), change.id(), change.document(), List.of()));
        }
        listener.committed(done);
    }

    @Override
    public synchronized Map<String, Document> load(String collection, List<String> ids) {
        Map<String, Document> found = new LinkedHashMap<>();
        TreeMap<String, Document> from = collections.getOrDefault(collection, new TreeMap<>());
        ids.stream().filter(from::containsKey).forEach(id -> found.put(id, from.get(id)));
        return found;
    }

    @Override
    public synchronized long delete(String collection, List<String> ids) {
        List<Change> done = new ArrayList<>();
        for (String id : ids) {
            if (collections.getOrDefault(collection, new TreeMap<>()).remove(id) != null) {
                done.add(new Change(++sequence, collection, id, Optional.empty(), List.of()));
            }
        }
        publish(done);
        return done.size();
    }

    @Override
    public long delete(String collection, Filter filter) {
        return delete(collection, ids(collection, filter, Integer.MAX_VALUE));
    }

    private Stream<Document> matching(String collection, Filter filter) {
        return List.copyOf(collections.getOrDefault(collection, new TreeMap<>()).values()).stream()
                .filter(document -> passes(document, filter));
    }

    @Override
    public synchronized Query.Page query(Query query) {
        List<Document> all = matching(query.collection(), query.filter())
                .filter(document ->
                        query.cursor().isEmpty() || document.id().compareTo(query.cursor().get()) > 0)
                .toList();
        List<Document> page = all.stream().limit(query.limit()).toList();
        return new Query.Page(
                page,
                all.size() > page.size() ? Optional.of(page.getLast().id()) : Optional.empty(),
                all.size());
    }

    @Override
    public synchronized long count(String collection, Filter filter) {
        return matching(collection, filter).count();
    }

    private static boolean passes(Document document, Filter filter) {
        return switch (filter) {
            case Filter.And and -> and.all().stream().allMatch(each -> passes(document, each));
            case Filter.Or or -> or.any().stream().anyMatch(each -> passes(document, each));
            case Filter.Not not -> !passes(document, not.filter());
            case Filter.Compare compare -> compare.value().equals(value(document, compare.path()));
            case Filter.In in -> in.values().contains(value(document, in.path()));
            case Filter.Exists exists ->
                exists.exists() != value(document, exists.path()).isMissingNode();
        };
    }

    private static JsonNode value(Document document, String path) {
        return path.equals("id")
                ? document.content().textNode(document.id())
                : document.content().path(path);
    }

    @Override
    public List<Hit> search(Search search) {
        throw new StoreException(ErrorCode.UNSUPPORTED, "no search");
    }

    @Override
    public synchronized List<CollectionInfo> collections() {
        return collections.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> new CollectionInfo(
                        entry.getKey(), entry.getValue().size(), 0, settings(entry.getKey())))
                .toList();
    }

    @Override
    public synchronized CollectionSettings settings(String collection) {
        return settings.getOrDefault(collection, CollectionSettings.NONE);
    }

    @Override
    public synchronized void configure(String collection, CollectionSettings some) {
        settings.put(collection, some);
    }

    @Override
    public synchronized List<Change> changes(long after, int limit) {
        return changes.values().stream()
                .filter(change -> change.sequence() > after)
                .sorted(Comparator.comparingLong(Change::sequence))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized long sequence() {
        return sequence;
    }

    @Override
    public void close() {}
}
