package io.mcpserver.storage.tinydb;

import io.mcpserver.storage.journal.DocumentKey;
import io.mcpserver.storage.journal.Head;
import io.mcpserver.storage.journal.JournalRecord;
import io.mcpserver.storage.journal.JournaledEngine;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is behind the journal: memory, where records are visible at once, and the file, which is written a moment later, and
 * less often the longer it takes.
 */
final class TinyDbEngine implements JournaledEngine {

    private static final Duration SHORTEST_LINGER = Duration.ofMillis(250);
    private static final Duration LONGEST_LINGER = Duration.ofSeconds(10);
    private static final int LINGER_PER_COST = 10;
    private static final long RESERVE = 8L << 20;

    private final TinyDbContents contents;
    private final TinyDbCheckpoints checkpoints;
    private final TinyDbContents.Snapshot opened;
    private volatile long applied;
    private volatile Duration linger = SHORTEST_LINGER;

    TinyDbEngine(TinyDbContents contents, TinyDbCheckpoints checkpoints) {
        this.contents = contents;
        this.checkpoints = checkpoints;
        this.opened = contents.snapshot();
        this.applied = opened.applied();
    }

    @Override
    public long applied() {
        return opened.applied();
    }

    @Override
    public long sequence() {
        return opened.sequence();
    }

    @Override
    public Map<DocumentKey, Head> heads(Set<DocumentKey> keys) {
        Map<DocumentKey, Head> heads = new HashMap<>();
        keys.forEach(key -> contents.find(key).ifPresent(known -> heads.put(key, known.head())));
        return heads;
    }

    @Override
    public void visible(JournalRecord record) {
        contents.add(record);
    }

    @Override
    public long apply(List<JournalRecord> records) {
        // A file holds all that was visible when it was written, often more than was asked for.
        if (records.getLast().number() > applied) {
            long began = System.nanoTime();
            applied = checkpoints.write();
            Duration pause = Duration.ofNanos(System.nanoTime() - began).multipliedBy(LINGER_PER_COST);
            Duration bounded = pause.compareTo(LONGEST_LINGER) > 0 ? LONGEST_LINGER : pause;
            linger = bounded.compareTo(SHORTEST_LINGER) < 0 ? SHORTEST_LINGER : bounded;
        }
        return applied;
    }

    @Override
    public Duration linger() {
        return linger;
    }

    @Override
    public long reserve() {
        return RESERVE + 2 * checkpoints.size();
    }
}
