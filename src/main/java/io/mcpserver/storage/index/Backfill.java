package io.mcpserver.storage.index;

import io.mcpserver.error.CodedException;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.Passages;
import io.mcpserver.storage.search.DocumentKeys;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gives vectors to the documents that came into the index without, on a thread of its own.
 *
 * <p>These are the documents that were read from the record: after a crash, after the index was
 * thrown away, after a model was switched on. Until they have them they are found by words.
 */
final class Backfill implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Backfill.class.getName());
    private static final int DOCUMENTS = 32;

    /** Texts between which closing is noticed: some tenths of a second. */
    private static final int TEXTS = 16;

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);

    private final DocumentStore record;
    private final SettingsCache settings;
    private final Meaning meaning;
    private final Indexer indexer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("mcp-index-embed").unstarted(this::run);
    private boolean work = true;
    private boolean closed;

    Backfill(DocumentStore record, SettingsCache settings, Meaning meaning, Indexer indexer) {
        this.record = record;
        this.settings = settings;
        this.meaning = meaning;
        this.indexer = indexer;
    }

    void start() {
        thread.start();
    }

    /** There may be documents without vectors now. */
    void wake() {
        lock.lock();
        try {
            work = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits a little for the documents that have no vectors yet. */
    void await(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = atMost.toNanos();
            while (work && !closed && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (awaitWork()) {
                Duration pause = Duration.ZERO;
                try {
                    pause = round();
                } catch (CodedException | IOException e) {
                    LOG.log(
                            isClosed() ? Level.DEBUG : Level.WARNING,
                            "Documents wait for their vectors: " + e.getMessage());
                    pause = PAUSE_AFTER_FAILURE;
                }
                pause(pause);
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "stopped", e);
        }
    }

    /** Embeds some documents; says how long to wait before the next round. */
    private Duration round() throws IOException, InterruptedException {
        lock.lock();
        try {
            work = false;
        } finally {
            lock.unlock();
        }
        Map<String, Long> some = indexer.read(view -> view.somePending(DOCUMENTS));
        if (some.isEmpty()) {
            lock.lock();
            try {
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            return Duration.ZERO;
        }
        wake();
        return embed(some) > 0 ? Duration.ZERO : PAUSE;
    }

    private int embed(Map<String, Long> some) throws IOException, InterruptedException {
        Map<String, List<String>> ids = new HashMap<>();
        some.keySet().forEach(key -> ids.computeIfAbsent(DocumentKeys.collection(key), c -> new ArrayList<>())
                .add(DocumentKeys.id(key)));
        int done = 0;
        for (Map.Entry<String, List<String>> entry : ids.entrySet()) {
            String collection = entry.getKey();
            CollectionSettings rules = settings.of(collection);
            List<Document> documents = record.load(collection, entry.getValue()).values().stream()
                    .filter(document -> document.version() == some.get(DocumentKeys.of(collection, document.id())))
                    .toList();
            List<List<String>> passages = documents.stream()
                    .map(document -> Passages.of(rules, document.content()).texts())
                    .toList();
            boolean wanted = meaning.appliesTo(rules);
            List<List<float[]>> vectors =
                    wanted ? meaning.embed(passages, TEXTS, this::isClosed, texts -> {}) : List.of();
            if (isClosed()) {
                return done;
            }
            if (wanted && !documents.isEmpty()) {
                meaning.recordModel(collection);
            }
            List<ChangeWriter.Embedded> embedded = new ArrayList<>();
            for (int i = 0; i < documents.size(); i++) {
                embedded.add(new ChangeWriter.Embedded(
                        collection, documents.get(i), passages.get(i), wanted ? vectors.get(i) : List.of()));
            }
            done += indexer.embedded(embedded);
        }
        return done;
    }

    private boolean awaitWork() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!work && !closed) {
                changed.await();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void pause(Duration duration) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = duration.toNanos();
            while (nanos > 0 && !closed) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Gives up the round that is under way; what it would have embedded is found again by the next start. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        indexer.dismiss();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
