package io.mcpserver.storage.journal;

import io.mcpserver.storage.CollectionSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * What was acknowledged and is not in the engine yet, for engines whose reads cannot see it by themselves.
 *
 * <p>A read first asks here, then the engine, in this order: so it can see a document twice, and never miss one. Of two
 * findings the one with the greater {@linkplain #sequence sequence} counts. Threads: safe for any number; a record is seen
 * whole or not at all.
 */
final class Overlay {

    /** An entry with the number of its record. */
    private record Pending(long number, JournalEntry entry) {}

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<String, Map<String, Pending>> documents = new HashMap<>();
    private final Map<String, Pending> settings = new HashMap<>();

    /** Shows a record. */
    void add(JournalRecord record) {
        lock.writeLock().lock();
        try {
            for (JournalEntry entry : record.entries()) {
                Pending pending = new Pending(record.number(), entry);
                switch (entry) {
                    case JournalEntry.Save save -> put(save.document().id(), pending);
                    case JournalEntry.Delete delete -> put(delete.id(), pending);
                    case JournalEntry.Configure configure -> settings.put(configure.collection(), pending);
                }
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Forgets all records up to a number; reads of the engine must see them before. */
    void drop(long number) {
        lock.writeLock().lock();
        try {
            documents.values().forEach(all -> all.values().removeIf(pending -> pending.number() <= number));
            documents.values().removeIf(Map::isEmpty);
            settings.values().removeIf(pending -> pending.number() <= number);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** The newest save or deletion of an id that the engine may not have. */
    Optional<JournalEntry> find(DocumentKey key) {
        lock.readLock().lock();
        try {
            return Optional.ofNullable(
                            documents.getOrDefault(key.collection(), Map.of()).get(key.id()))
                    .map(Pending::entry);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** What is current of an id, as far as it is known here. */
    Optional<Head> head(DocumentKey key) {
        return find(key).map(Head::of);
    }

    /** The newest save or deletion of each id of a collection, as of one moment, in any order. */
    List<JournalEntry> of(String collection) {
        lock.readLock().lock();
        try {
            return documents.getOrDefault(collection, Map.of()).values().stream()
                    .map(Pending::entry)
                    .toList();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The newest save or deletion of each id of all collections, as of one moment, in any order. */
    List<JournalEntry> all() {
        lock.readLock().lock();
        try {
            List<JournalEntry> all = new ArrayList<>();
            documents.values().forEach(some -> some.values().forEach(pending -> all.add(pending.entry())));
            return all;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Settings of a collection that the engine may not have. */
    Optional<CollectionSettings> settings(String collection) {
        lock.readLock().lock();
        try {
            return Optional.ofNullable(settings.get(collection))
                    .map(pending -> ((JournalEntry.Configure) pending.entry()).settings());
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The sequence of a save or deletion. */
    static long sequence(JournalEntry entry) {
        return entry.change().orElseThrow().sequence();
    }

    private void put(String id, Pending pending) {
        documents
                .computeIfAbsent(pending.entry().collection(), name -> new HashMap<>())
                .put(id, pending);
    }
}
