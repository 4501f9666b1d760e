package io.mcpserver.storage.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.DocumentJson;
import io.mcpserver.storage.DocumentRules;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.Saved;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoredDocument;
import io.mcpserver.storage.thread.WriteQueue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * The writes of an engine with a journal in front.
 *
 * <p>A write is decided (versions, conflicts) in the order of its arrival, appended to the journal with all that wait,
 * flushed once, made visible, told to the listener and acknowledged; the engine gets it later, in batches. Durability,
 * threads, interruption and closing are those that {@code DocumentStore} promises.
 */
public final class JournaledWrites implements AutoCloseable {

    private final Journal journal;
    private final Applier applier;
    private final JournalWriter writer;
    private final WriteQueue<JournalTicket<?>> queue;
    private final AtomicBoolean closed = new AtomicBoolean();

    private JournaledWrites(
            Journal journal, Applier applier, JournalWriter writer, WriteQueue<JournalTicket<?>> queue) {
        this.journal = journal;
        this.applier = applier;
        this.writer = writer;
        this.queue = queue;
    }

    /**
     * Opens the journal of an engine and makes visible what the engine has not applied; it is applied in the background.
     *
     * @param folder of the journal, for nothing else
     * @param name of the engine, for its threads
     * @throws StoreException as {@link Journal#open}
     */
    public static JournaledWrites open(
            Path folder, JournalLimits limits, JournaledEngine engine, ChangeListener listener, String name) {
        List<JournalRecord> replayed = new ArrayList<>();
        long[] sequence = {engine.sequence()};
        Journal journal = Journal.open(folder, limits, engine.applied(), record -> {
            engine.visible(record);
            replayed.add(record);
            Decision.changes(List.of(record)).forEach(change -> sequence[0] = Math.max(sequence[0], change.sequence()));
        });
        Applier applier = new Applier(name, journal, engine, limits, replayed);
        JournalWriter writer = new JournalWriter(journal, engine, listener, applier, sequence[0]);
        applier.start();
        return new JournaledWrites(journal, applier, writer, new WriteQueue<>(name, writer));
    }

    /** As {@code DocumentStore.save}; names and ids were checked. */
    public List<Saved> save(String collection, List<DocumentToSave> documents) {
        return save(collection, documents, bytes -> {});
    }

    /**
     * As {@link #save(String, List)}, for an engine that cannot take any number of bytes.
     *
     * @param room called with the bytes of all contents before anything is written; throws where they are too many
     */
    public List<Saved> save(String collection, List<DocumentToSave> documents, LongConsumer room) {
        Save save = Save.of(collection, documents);
        room.accept(save.bytes());
        return documents.isEmpty() ? List.of() : submit(save);
    }

    /**
     * As {@code DocumentStore.adopt}; names, ids and versions were checked.
     *
     * @param room called with the bytes of all contents before anything is written; throws where they are too many
     */
    public List<Saved> adopt(List<StoredDocument> documents, boolean replace, LongConsumer room) {
        Adoption adoption = Adoption.of(documents, replace);
        room.accept(adoption.bytes());
        return documents.isEmpty() ? List.of() : submit(adoption);
    }

    /** As {@code DocumentStore.delete}; the names were checked. */
    public long delete(String collection, List<String> ids) {
        List<DocumentKey> keys =
                ids.stream().map(id -> new DocumentKey(collection, id)).toList();
        return submit(new JournalWrite<Long>() {
            @Override
            public Long in(Decision decision) {
                return decision.delete(collection, ids);
            }

            @Override
            public List<DocumentKey> keys() {
                return keys;
            }
        });
    }

    /**
     * Deletes what is selected when it is this write's turn.
     *
     * @param select called on the writer's thread, when all writes before are visible
     */
    public long delete(String collection, Supplier<List<String>> select) {
        return submitAlone(decision -> decision.delete(collection, select.get()));
    }

    /** As {@code DocumentStore.configure}; the name was checked. */
    public void configure(String collection, CollectionSettings settings) {
        submit(decision -> {
            decision.configure(collection, settings);
            return null;
        });
    }

    /** Does a write of any other kind. */
    public <T> T submit(JournalWrite<T> write) {
        JournalTicket<T> ticket = new JournalTicket<>(write);
        queue.add(ticket);
        if (!write.urgent()) {
            return ticket.await();
        }
        applier.urgent(1);
        try {
            return ticket.await();
        } finally {
            applier.urgent(-1);
        }
    }

    /** Does a write that sees all writes before it as reads see them. */
    public <T> T submitAlone(JournalWrite<T> write) {
        return submit(new JournalWrite<T>() {
            @Override
            public T in(Decision decision) {
                return write.in(decision);
            }

            @Override
            public boolean alone() {
                return true;
            }
        });
    }

    /** The sequence of the newest durable change. */
    public long sequence() {
        return writer.sequence();
    }

    /** Bytes in the journal that the engine has not applied. */
    public long backlogBytes() {
        return applier.waitingBytes();
    }

    /** Has all that is acknowledged now applied at once; false if that takes longer than the patience. */
    public boolean awaitApplied(Duration patience) throws InterruptedException {
        return applier.await(patience);
    }

    /** Ends the writes that were begun, applies what can be applied, closes the journal. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            queue.close();
            applier.close();
            journal.close();
        }
    }

    private record Save(
            String collection,
            List<DocumentToSave> documents,
            List<String> contents,
            List<DocumentKey> keys,
            long bytes)
            implements JournalWrite<List<Saved>> {

        /** Serialises on the caller's thread, so that the writer does not have to. */
        static Save of(String collection, List<DocumentToSave> documents) {
            List<String> contents = documents.stream()
                    .map(document -> DocumentJson.write(document.id(), document.content()))
                    .toList();
            long bytes = contents.stream().mapToLong(DocumentJson::size).sum();
            DocumentRules.checkBatchBytes(bytes);
            List<DocumentToSave> read = new ArrayList<>(documents.size());
            for (int i = 0; i < documents.size(); i++) {
                DocumentToSave given = documents.get(i);
                // What is kept is what a restart would read: the caller's numbers may be of other classes.
                ObjectNode content = DocumentJson.read(contents.get(i));
                read.add(new DocumentToSave(given.id(), content, given.expectedVersion(), given.vectors()));
            }
            List<DocumentKey> keys = documents.stream()
                    .map(document -> new DocumentKey(collection, document.id()))
                    .toList();
            return new Save(collection, List.copyOf(read), contents, keys, bytes);
        }

        @Override
        public List<Saved> in(Decision decision) {
            return decision.save(collection, documents, contents);
        }
    }
}
