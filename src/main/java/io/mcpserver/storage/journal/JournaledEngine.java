package io.mcpserver.storage.journal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an engine does with writes that are in the journal.
 *
 * <p>Threads: {@link #heads} and {@link #visible} are called by one thread, the writer's; {@link #apply} by another, the
 * applier's, at the same time. Both are threads of {@link JournaledWrites} that nobody interrupts.
 */
public interface JournaledEngine {

    /** Number of the newest record that is durable in the engine, 0 for none; asked once, at the opening. */
    long applied();

    /** Sequence of the newest change that is durable in the engine, 0 for none; asked once, at the opening. */
    long sequence();

    /** What is current of ids, all that was visible counted; ids that were never there are absent. */
    Map<DocumentKey, Head> heads(Set<DocumentKey> keys);

    /**
     * Lets reads see a record that is durable in the journal, whole or not at all; also called for each record that is
     * replayed at the opening, even if it was applied in part. Must not fail.
     */
    void visible(JournalRecord record);

    /**
     * Brings records into the engine and makes them durable there, with the number of the last. After a failure, or after
     * a crash, the same records come again.
     *
     * @param records in order; never empty
     * @return number of the newest record that is durable now, at least that of the last
     */
    long apply(List<JournalRecord> records);

    /** How long records may wait for others before they are applied together. */
    default Duration linger() {
        return Duration.ZERO;
    }

    /** Bytes of the disk that saves leave free, so that what is in the journal can still be applied. */
    default long reserve() {
        return 8L << 20;
    }
}
