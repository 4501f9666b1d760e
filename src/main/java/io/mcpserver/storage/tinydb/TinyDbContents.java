package io.mcpserver.storage.tinydb;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Change;
import io.mcpserver.storage.CollectionInfo;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentJson;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.journal.DocumentKey;
import io.mcpserver.storage.journal.Head;
import io.mcpserver.storage.journal.JournalEntry;
import io.mcpserver.storage.journal.JournalRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * All that the store knows, in memory: documents, what is left of deleted ones, settings.
 *
 * <p>Threads: any number read, each a state between two records; one writes.
 */
final class TinyDbContents {

    /** Bytes of content after which a list of changes ends early; one always fits. */
    private static final long PAGE_BYTES = 8_000_000;

    /**
     * What is known of an id.
     *
     * @param document empty where it was deleted
     * @param bytes of the content as JSON in UTF-8
     * @param checksum of the content; empty where it was deleted
     */
    record Known(DocumentKey key, Head head, long sequence, Optional<Document> document, int bytes, String checksum) {

        static Known of(DocumentKey key, Document document, long sequence) {
            Head head = new Head(document.version(), true, document.created(), document.updated());
            return new Known(
                    key,
                    head,
                    sequence,
                    Optional.of(document),
                    DocumentJson.size(document.content().toString()),
                    TinyDbRow.checksum(document.content()));
        }

        static Known deleted(DocumentKey key, Head head, long sequence) {
            return new Known(key, head, sequence, Optional.empty(), 0, "");
        }

        private Change change() {
            return new Change(sequence, key.collection(), key.id(), document, List.of());
        }
    }

    /**
     * All of it at one moment.
     *
     * @param known in the order of their sequence
     * @param applied number of the newest record in it
     */
    record Snapshot(List<Known> known, Map<String, CollectionSettings> settings, long applied, long sequence) {}

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<String, Map<String, Known>> collections = new TreeMap<>();
    private final TreeMap<Long, Known> bySequence = new TreeMap<>();
    private final Map<String, CollectionSettings> settings = new HashMap<>();
    private long applied;
    private long sequence;
    private long bytes;

    TinyDbContents(Snapshot snapshot) {
        snapshot.known().forEach(this::put);
        settings.putAll(snapshot.settings());
        applied = snapshot.applied();
        sequence = Math.max(sequence, snapshot.sequence());
    }

    /** Lets readers see a record; one that was seen before changes nothing. */
    void add(JournalRecord record) {
        // Sizes and checksums before the lock, so that readers do not wait for them.
        List<Known> changed = record.entries().stream()
                .flatMap(entry -> known(entry).stream())
                .toList();
        lock.writeLock().lock();
        try {
            if (record.number() > applied) {
                changed.forEach(this::put);
                record.entries().forEach(this::configure);
                applied = record.number();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** What is current of an id; for the writer's thread, which needs not be patient. */
    Optional<Known> find(DocumentKey key) {
        lock.readLock().lock();
        try {
            return Optional.ofNullable(
                    collections.getOrDefault(key.collection(), Map.of()).get(key.id()));
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Documents by id, in the order asked for. */
    List<Known> load(String collection, List<String> ids) {
        return reading(() -> {
            Map<String, Known> all = collections.getOrDefault(collection, Map.of());
            return ids.stream()
                    .map(all::get)
                    .filter(known -> known != null && known.head().live())
                    .toList();
        });
    }

    /** All documents of a collection at one moment, in any order. */
    List<Document> documents(String collection) {
        return reading(() -> {
            Map<String, Known> all = collections.getOrDefault(collection, Map.of());
            List<Document> documents = new ArrayList<>(all.size());
            all.values().forEach(known -> known.document().ifPresent(documents::add));
            return documents;
        });
    }

    List<CollectionInfo> infos() {
        return reading(() -> collections.entrySet().stream()
                .map(entry -> info(entry.getKey(), entry.getValue()))
                .filter(info -> info.documents() > 0)
                .toList());
    }

    CollectionSettings settings(String collection) {
        return reading(() -> settings.getOrDefault(collection, CollectionSettings.NONE));
    }

    List<Change> changes(long after, int limit) {
        return reading(() -> {
            List<Change> changes = new ArrayList<>();
            long size = 0;
            for (Known known : bySequence.tailMap(after, false).values()) {
                size += known.bytes();
                if (changes.size() == limit || !changes.isEmpty() && size > PAGE_BYTES) {
                    break;
                }
                changes.add(known.change());
            }
            return changes;
        });
    }

    /** Bytes of the contents of all documents. */
    long bytes() {
        return reading(() -> bytes);
    }

    /** How many ids are known of which the document was deleted. */
    long deletedIds() {
        return reading(() -> bySequence.values().stream()
                .filter(known -> known.document().isEmpty())
                .count());
    }

    Snapshot snapshot() {
        lock.readLock().lock();
        try {
            return new Snapshot(List.copyOf(bySequence.values()), Map.copyOf(settings), applied, sequence);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** What a caller hears whose read was given up. */
    static StoreException givenUp() {
        return new StoreException(ErrorCode.TIMEOUT, "The read was given up.");
    }

    private <T> T reading(Supplier<T> read) {
        Lock reading = lock.readLock();
        try {
            reading.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw givenUp();
        }
        try {
            return read.get();
        } finally {
            reading.unlock();
        }
    }

    private static Optional<Known> known(JournalEntry entry) {
        return switch (entry) {
            case JournalEntry.Save save ->
                Optional.of(Known.of(
                        new DocumentKey(save.collection(), save.document().id()), save.document(), save.sequence()));
            case JournalEntry.Delete delete ->
                Optional.of(Known.deleted(
                        new DocumentKey(delete.collection(), delete.id()),
                        new Head(delete.version(), false, delete.created(), delete.updated()),
                        delete.sequence()));
            case JournalEntry.Configure configure -> Optional.empty();
        };
    }

    private void put(Known known) {
        Known before = collections
                .computeIfAbsent(known.key().collection(), name -> new HashMap<>())
                .put(known.key().id(), known);
        if (before != null) {
            bySequence.remove(before.sequence());
            bytes -= before.bytes();
        }
        bySequence.put(known.sequence(), known);
        bytes += known.bytes();
        sequence = Math.max(sequence, known.sequence());
    }

    private void configure(JournalEntry entry) {
        if (entry instanceof JournalEntry.Configure configure) {
            settings.put(configure.collection(), configure.settings());
        }
    }

    private CollectionInfo info(String name, Map<String, Known> all) {
        List<Known> live =
                all.values().stream().filter(known -> known.head().live()).toList();
        return new CollectionInfo(
                name,
                live.size(),
                live.stream().mapToLong(Known::bytes).sum(),
                settings.getOrDefault(name, CollectionSettings.NONE));
    }
}
