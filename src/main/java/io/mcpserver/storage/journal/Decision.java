package io.mcpserver.storage.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.storage.Change;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.ExpectedVersion;
import io.mcpserver.storage.Saved;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoredDocument;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides the writes of one group, one after the other, each on what those before it left. Of the writer's thread.
 */
public final class Decision {

    private final JournaledEngine engine;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final Map<DocumentKey, Head> heads = new HashMap<>();
    private final Set<DocumentKey> known = new HashSet<>();
    private List<JournalEntry> entries = new ArrayList<>();
    private Map<DocumentKey, Head> written = new HashMap<>();
    private long sequence;
    private long sequenceBefore;

    Decision(JournaledEngine engine, long sequence) {
        this.engine = engine;
        this.sequence = sequence;
    }

    /** The time of this group. */
    public Instant now() {
        return now;
    }

    /** What is current of an id; empty for one that was never there. */
    public Optional<Head> head(DocumentKey key) {
        Head head = written.get(key);
        if (head == null) {
            look(Set.of(key));
            head = heads.get(key);
        }
        return Optional.ofNullable(head);
    }

    /**
     * Decides a save.
     *
     * @param contents the JSON of each document
     * @throws StoreException {@code CONFLICT}; nothing of the save is decided then
     */
    public List<Saved> save(String collection, List<DocumentToSave> documents, List<String> contents) {
        documents.forEach(document -> expect(collection, document));
        List<Saved> saved = new ArrayList<>(documents.size());
        for (int i = 0; i < documents.size(); i++) {
            DocumentToSave document = documents.get(i);
            saved.add(save(collection, document.id(), document.content(), contents.get(i), document.vectors()));
        }
        return saved;
    }

    /** Decides the save of one document, whatever is there. */
    public Saved save(String collection, String id, ObjectNode content, String text, List<float[]> vectors) {
        DocumentKey key = new DocumentKey(collection, id);
        Head before = head(key).orElse(null);
        boolean replaced = before != null && before.live();
        Instant time = before == null ? now : later(before.updated());
        Document document = new Document(
                id, content, before == null ? 1 : before.version() + 1, replaced ? before.created() : time, time);
        put(key, new JournalEntry.Save(++sequence, collection, document, text, vectors));
        return new Saved(id, document.version(), !replaced);
    }

    /**
     * Decides the save of a document that has a version and times already, from elsewhere.
     *
     * @return false where the id is there: nothing is decided then
     */
    public boolean adopt(String collection, Document document, String text) {
        DocumentKey key = new DocumentKey(collection, document.id());
        Optional<Head> before = head(key);
        if (before.filter(Head::live).isPresent()) {
            return false;
        }
        long version = Math.max(
                document.version(), before.map(head -> head.version() + 1).orElse(1L));
        Document adopted =
                new Document(document.id(), document.content(), version, document.created(), document.updated());
        put(key, new JournalEntry.Save(++sequence, collection, adopted, text, List.of()));
        return true;
    }

    /**
     * Decides what is taken over from another store, as {@code DocumentStore.adopt} says.
     *
     * @param text JSON of the content; not looked at for an id that was deleted
     * @return empty where the id is there and shall stay
     */
    public Optional<Saved> adopt(StoredDocument given, String text, boolean replace) {
        DocumentKey key = new DocumentKey(given.collection(), given.id());
        Optional<Head> before = head(key);
        boolean here = before.filter(Head::live).isPresent();
        if (here && !replace) {
            return Optional.empty();
        }
        long version =
                Math.max(given.version(), before.map(head -> head.version() + 1).orElse(1L));
        Instant updated = before.map(Head::updated)
                .filter(time -> time.isAfter(given.updated()))
                .orElse(given.updated());
        JournalEntry entry = given.content()
                .<JournalEntry>map(content -> new JournalEntry.Save(
                        ++sequence,
                        given.collection(),
                        new Document(given.id(), content, version, given.created(), updated),
                        text,
                        List.of()))
                .orElseGet(() -> new JournalEntry.Delete(
                        ++sequence, given.collection(), given.id(), version, given.created(), updated));
        put(key, entry);
        return Optional.of(new Saved(given.id(), version, !here));
    }

    /** Decides a deletion; ids that do not exist are passed over. */
    public long delete(String collection, Collection<String> ids) {
        Set<DocumentKey> keys = new LinkedHashSet<>();
        ids.forEach(id -> keys.add(new DocumentKey(collection, id)));
        look(keys);
        long deleted = 0;
        for (DocumentKey key : keys) {
            Optional<Head> before = head(key).filter(Head::live);
            if (before.isPresent()) {
                Head head = before.get();
                put(
                        key,
                        new JournalEntry.Delete(
                                ++sequence,
                                collection,
                                key.id(),
                                head.version(),
                                head.created(),
                                later(head.updated())));
                deleted++;
            }
        }
        return deleted;
    }

    /** Decides the settings of a collection. */
    public void configure(String collection, CollectionSettings settings) {
        entries.add(new JournalEntry.Configure(collection, settings));
    }

    /** Looks up what is current of ids, all that are not known at once. */
    void look(Collection<DocumentKey> keys) {
        Set<DocumentKey> missing = new HashSet<>(keys);
        missing.removeAll(known);
        if (!missing.isEmpty()) {
            heads.putAll(engine.heads(missing));
            known.addAll(missing);
        }
    }

    /** Begins a write. */
    void begin() {
        entries = new ArrayList<>();
        written = new HashMap<>();
        sequenceBefore = sequence;
    }

    /** Drops what the write that was begun decided. */
    void drop() {
        sequence = sequenceBefore;
        begin();
    }

    /** Ends a write; what it decided is what those after it find. */
    List<JournalEntry> end() {
        heads.putAll(written);
        known.addAll(written.keySet());
        return List.copyOf(entries);
    }

    long sequence() {
        return sequence;
    }

    static List<Change> changes(List<JournalRecord> records) {
        return records.stream()
                .flatMap(record -> record.entries().stream())
                .flatMap(entry -> entry.change().stream())
                .toList();
    }

    private void put(DocumentKey key, JournalEntry entry) {
        written.put(key, Head.of(entry));
        entries.add(entry);
    }

    private Instant later(Instant before) {
        return now.isAfter(before) ? now : before;
    }

    private void expect(String collection, DocumentToSave document) {
        long version = head(new DocumentKey(collection, document.id()))
                .filter(Head::live)
                .map(Head::version)
                .orElse(0L);
        ExpectedVersion.check(collection, document, version);
    }
}
