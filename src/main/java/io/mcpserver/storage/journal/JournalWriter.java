package io.mcpserver.storage.journal;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Change;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.thread.GroupWriter;
import io.mcpserver.storage.thread.Room;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes a group of writes through the journal: decided, flushed, visible, told, acknowledged. Runs on the writer's thread
 * only.
 */
final class JournalWriter implements GroupWriter<JournalTicket<?>> {

    private static final System.Logger LOG = System.getLogger(JournalWriter.class.getName());

    private final Journal journal;
    private final JournaledEngine engine;
    private final ChangeListener listener;
    private final Applier applier;
    private volatile long sequence;

    /** Why nothing can be written any more, after a defect of which nobody knows what it left. */
    private StoreException broken;

    JournalWriter(Journal journal, JournaledEngine engine, ChangeListener listener, Applier applier, long sequence) {
        this.journal = journal;
        this.engine = engine;
        this.listener = listener;
        this.applier = applier;
        this.sequence = sequence;
    }

    /** The sequence of the newest durable change. */
    long sequence() {
        return sequence;
    }

    /** While the backlog is full nothing is taken, so that callers may still withdraw. */
    @Override
    public void awaitRoom() {
        applier.awaitRoom();
    }

    @Override
    public void write(List<JournalTicket<?>> group) {
        try {
            Optional<StoreException> refusal = Optional.ofNullable(broken).or(applier::refusal);
            if (refusal.isPresent()) {
                failAll(group, refusal.get());
                return;
            }
            Path directory = journal.folder().toAbsolutePath().getParent();
            List<JournalTicket<?>> allowed = Room.allowed(group, directory, engine.reserve());
            if (!allowed.isEmpty()) {
                commit(allowed);
            }
        } catch (StoreException e) {
            failAll(group, e);
        } catch (RuntimeException | Error e) {
            // The writer must outlive every defect, or all callers after it would wait for ever.
            LOG.log(Level.ERROR, "A group of writes failed", e);
            broken = new StoreException(
                    ErrorCode.OUTCOME_UNKNOWN, "The write failed: " + e + "; restart the server, then read.", e);
            failAll(group, broken);
        }
    }

    private void commit(List<JournalTicket<?>> group) {
        Decision decision = new Decision(engine, sequence);
        decision.look(
                group.stream().flatMap(ticket -> ticket.write().keys().stream()).toList());
        List<JournalTicket<?>> decided = new ArrayList<>();
        List<List<JournalEntry>> writes = new ArrayList<>();
        for (JournalTicket<?> ticket : group) {
            decision.begin();
            try {
                ticket.decide(decision);
                decided.add(ticket);
                List<JournalEntry> entries = decision.end();
                if (!entries.isEmpty()) {
                    writes.add(entries);
                }
            } catch (StoreException e) {
                decision.drop();
                ticket.fail(e);
            }
        }
        if (!writes.isEmpty()) {
            List<JournalRecord> records = journal.append(writes);
            show(records);
            sequence = decision.sequence();
            applier.add(records);
            tell(Decision.changes(records));
        }
        decided.forEach(JournalTicket::succeed);
    }

    /** What is in the journal and cannot be shown is no failed write: nobody may be told that nothing was written. */
    private void show(List<JournalRecord> records) {
        try {
            records.forEach(engine::visible);
        } catch (StoreException e) {
            throw new IllegalStateException("What is in the journal cannot be shown: " + e.getMessage(), e);
        }
    }

    private void tell(List<Change> changes) {
        try {
            if (!changes.isEmpty()) {
                listener.committed(changes);
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "The listener of changes failed; what it missed it must read again", e);
        }
    }

    private static void failAll(List<JournalTicket<?>> group, StoreException why) {
        group.forEach(ticket -> ticket.fail(why));
    }
}
