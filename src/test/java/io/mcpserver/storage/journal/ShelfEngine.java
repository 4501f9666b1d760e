package io.mcpserver.storage.journal;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** The smallest engine behind a journal: two maps, of which one outlives a restart, with an overlay before them. */
final class ShelfEngine implements JournaledEngine {

    /** What is on the shelf, so to say on the disk. */
    final Map<DocumentKey, JournalEntry> kept;

    final Overlay overlay = new Overlay();
    final List<Integer> batches = new ArrayList<>();

    /** A permit for each batch that may be applied. */
    final Semaphore gate = new Semaphore(Integer.MAX_VALUE);

    volatile boolean failing;

    /** Whether what is journaled cannot be shown. */
    volatile boolean hiding;

    private volatile long applied;
    private final long appliedBefore;

    ShelfEngine(Map<DocumentKey, JournalEntry> kept, long applied) {
        this.kept = kept;
        this.applied = applied;
        this.appliedBefore = applied;
    }

    @Override
    public long applied() {
        return appliedBefore;
    }

    long appliedNow() {
        return applied;
    }

    @Override
    public long sequence() {
        return kept.values().stream().mapToLong(Overlay::sequence).max().orElse(0);
    }

    @Override
    public Map<DocumentKey, Head> heads(Set<DocumentKey> keys) {
        Map<DocumentKey, Head> heads = new HashMap<>();
        keys.forEach(key -> find(key).ifPresent(entry -> heads.put(key, Head.of(entry))));
        return heads;
    }

    /** As a read must do it: the overlay first. */
    Optional<JournalEntry> find(DocumentKey key) {
        Optional<JournalEntry> pending = overlay.find(key);
        synchronized (kept) {
            return pending.or(() -> Optional.ofNullable(kept.get(key)));
        }
    }

    Set<String> ids(String collection) {
        List<JournalEntry> pending = overlay.of(collection);
        Map<String, JournalEntry> all = new HashMap<>();
        synchronized (kept) {
            kept.forEach((key, entry) -> all.put(key.id(), entry));
        }
        pending.forEach(entry -> all.merge(
                entry.change().orElseThrow().id(), entry, (a, b) -> Overlay.sequence(a) > Overlay.sequence(b) ? a : b));
        all.values().removeIf(entry -> entry instanceof JournalEntry.Delete);
        return new HashSet<>(all.keySet());
    }

    @Override
    public void visible(JournalRecord record) {
        if (hiding) {
            throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "The shelf cannot be read.");
        }
        overlay.add(record);
    }

    @Override
    public long apply(List<JournalRecord> records) {
        gate.acquireUninterruptibly();
        if (failing) {
            gate.release();
            throw new StoreException(ErrorCode.DISK_FULL, "The shelf is full.");
        }
        synchronized (kept) {
            for (JournalRecord record : records) {
                for (JournalEntry entry : record.entries()) {
                    entry.change()
                            .ifPresent(change -> kept.put(new DocumentKey(change.collection(), change.id()), entry));
                }
            }
        }
        applied = records.getLast().number();
        overlay.drop(applied);
        synchronized (batches) {
            batches.add(records.size());
        }
        return applied;
    }

    @Override
    public long reserve() {
        return 0;
    }
}
