package io.mcpserver.storage.service;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.embedding.Embedder;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.insight.Latencies;
import io.mcpserver.storage.Change;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.CollectionInfo;
import io.mcpserver.storage.DirectoryLock;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentStoreFactory;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSwap;
import io.mcpserver.storage.index.IndexState;
import io.mcpserver.storage.index.IndexedStore;
import io.mcpserver.storage.search.SearchIndexFactory;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The store that the configuration names, opened by the first call that needs it.
 *
 * <p>Until then nothing is loaded: no native library, no index, no model. Threads: safe for any
 * number of callers. Closing: idempotent.
 */
public final class StoreService implements AutoCloseable {

    /** Folder of the search index below {@code storage.path}. */
    static final String INDEX_FOLDER = "search-index";

    private static final Logger LOG = System.getLogger(StoreService.class.getName());
    private static final int CHANGES = 500;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final ServerConfig config;
    private final Runnable owning;
    private final Duration patience;
    private final Announcer announcer = new Announcer();
    private final StoreTimes times = new StoreTimes();
    private final ReentrantLock opening = new ReentrantLock();
    private volatile TimedStore store;
    private volatile Optional<Embedder> embedder = Optional.empty();
    private volatile Optional<String> refusal = Optional.empty();
    private volatile boolean closed;

    /** A store that nobody else is asked about, and that is refused at once where another process has it. */
    public StoreService(ServerConfig config) {
        this(config, () -> {}, Duration.ZERO);
    }

    /**
     * @param owning run before the store is opened; throws if this process may not
     * @param patience how long to wait for another process that has the store, such as a command, which soon gives it up
     */
    public StoreService(ServerConfig config, Runnable owning, Duration patience) {
        this.config = config;
        this.owning = owning;
        this.patience = patience;
    }

    /**
     * The store; opens it if that has not happened.
     *
     * @throws StoreException if it cannot be opened, as {@link DocumentStoreFactory#open} says, or
     *     because the engine or model is not there; the next call tries again
     */
    public DocumentStore store() {
        DocumentStore current = store;
        if (current != null) {
            return current;
        }
        opening.lock();
        try {
            if (closed) {
                throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "The store is closed.");
            }
            if (store == null) {
                owning.run();
                store = new TimedStore(openPatiently(), times);
                refusal = Optional.empty();
            }
            return store;
        } catch (StoreException e) {
            refusal = Optional.of(e.getMessage());
            throw e;
        } finally {
            opening.unlock();
        }
    }

    /**
     * Adds a listener that hears of every change from now on, as {@link ChangeListener} says, after
     * the index; opens nothing. What it throws is logged and harms neither the write, nor the index, nor
     * other listeners; it is not told again. A listener delays every write for as long as it takes.
     */
    public void listen(ChangeListener listener) {
        announcer.add(listener);
    }

    /**
     * Puts the store that is ready in the workshop of {@link StoreSwap} in the place of this one. Calls that run at this
     * moment get {@code STORE_UNAVAILABLE} and may be repeated; those that come later find the new store. Listeners hear of
     * everything in it as of a change.
     *
     * @param kept name of the folder below {@code storage.path} that the old files go to
     * @throws StoreException if that failed, as {@link StoreSwap#run} says; {@code INVALID_ARGUMENT} or {@code CONFLICT},
     *     and nothing was interrupted, if what is ready is not complete or of another engine
     */
    public void replace(String kept) {
        opening.lock();
        try {
            Path data = config.storage().path();
            List<String> before =
                    store().collections().stream().map(CollectionInfo::name).toList();
            ReadyStore.take(config.storage());
            TimedStore old = store;
            store = null;
            try {
                old.close();
                try (DirectoryLock lock = DirectoryLock.acquire(data)) {
                    StoreSwap.runTaken(data, kept, Engines.files());
                }
            } catch (RuntimeException e) {
                ReadyStore.putBack(data);
                throw e;
            }
            announce(store(), before);
        } finally {
            opening.unlock();
        }
    }

    private void announce(DocumentStore fresh, List<String> before) {
        // A change of no document, so that nothing is kept of collections that are gone.
        announcer.tell(before.stream()
                .map(collection -> new Change(fresh.sequence(), collection, "", Optional.empty(), List.of()))
                .toList());
        long after = 0;
        List<Change> some = fresh.changes(after, CHANGES);
        while (!some.isEmpty()) {
            announcer.tell(some);
            after = some.getLast().sequence();
            some = fresh.changes(after, CHANGES);
        }
    }

    private DocumentStore openPatiently() {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return open();
            } catch (StoreException e) {
                if (e.code() != ErrorCode.STORE_LOCKED || System.nanoTime() > end) {
                    throw e;
                }
                pause(e);
            }
        }
    }

    private static void pause(StoreException locked) {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw locked;
        }
    }

    private DocumentStore open() {
        ServerConfig.Storage storage = config.storage();
        DocumentStoreFactory engine = Engines.find(storage.type());
        // Before an engine is asked for what may be the store of another one.
        StoreSwap.finishBegun(storage.path());
        DataFormat.require(storage.path(), storage.type());
        SearchIndexFactory indexes = SearchIndexes.find(storage, engine);
        Optional<Embedder> model = Embedders.find(config.embedding());
        Path index = storage.path().resolve(INDEX_FOLDER);
        DocumentStore opened =
                IndexedStore.open(index, indexes, listener -> engine.open(storage, announcer.after(listener)), model);
        if (writeFormat(storage) && storage.type().equals(DefaultEngine.OTHERWISE)) {
            DefaultEngine.whyNotFirst()
                    .ifPresent(why -> LOG.log(
                            Level.INFO,
                            "The new store is of the engine duckdb. The engine lancedb, which is the default, cannot be used here: {0}.",
                            why));
        }
        // An engine that searches by itself needs none, and it was closed.
        embedder = opened instanceof IndexedStore ? model : Optional.empty();
        return opened;
    }

    /** Says whether the store is new, or older than such files. */
    private static boolean writeFormat(ServerConfig.Storage storage) {
        boolean unwritten = DataFormat.of(storage.path()).isEmpty();
        try {
            if (unwritten) {
                DataFormat.write(storage.path(), storage.type());
            }
        } catch (IOException e) {
            // The next start will write it; a full disk must not keep this one away from what is stored.
            LOG.log(Level.DEBUG, "The form of the data is not written down", e);
        }
        return unwritten;
    }

    /**
     * Compares the search index with the documents, once it has read everything.
     *
     * @return how many documents it has in another state, or has not, or has though they are gone; empty where there is
     *     no index
     */
    public OptionalLong indexFaults() {
        store();
        TimedStore current = store;
        return current.inner() instanceof IndexedStore indexed
                ? OptionalLong.of(indexed.faults())
                : OptionalLong.empty();
    }

    /** Throws the search index away and builds it anew in the background; nothing happens where there is none. */
    public void rebuildIndex() {
        store();
        if (store.inner() instanceof IndexedStore indexed) {
            indexed.rebuild();
        }
    }

    /**
     * The model by which the store searches, for whoever searches something else by meaning; lives as long as the store.
     * Opens the store.
     *
     * @return empty where there is none
     * @throws StoreException as {@link #store} does
     */
    public Optional<Embedder> embedder() {
        if (!config.embedding().enabled()) {
            return Optional.empty();
        }
        store();
        return embedder;
    }

    /** Whether the store has been opened and not closed. */
    public boolean isOpen() {
        return store != null;
    }

    /** The store if it is open; opens nothing. */
    public Optional<DocumentStore> opened() {
        return Optional.ofNullable(store);
    }

    /** Why it could not be opened the last time, for the operator; empty where it was, or nobody needed it. */
    public Optional<String> refusal() {
        return refusal;
    }

    /** How far the search index has read; empty while the store is not open or where the engine has no index. */
    public Optional<IndexState> index() {
        TimedStore current = store;
        return current != null && current.inner() instanceof IndexedStore indexed
                ? Optional.of(indexed.index())
                : Optional.empty();
    }

    /** How long each operation took since the start, also those of a store that was closed. */
    public List<Latencies> times() {
        return times.all();
    }

    @Override
    public void close() {
        opening.lock();
        try {
            closed = true;
            DocumentStore current = store;
            store = null;
            if (current != null) {
                current.close();
            }
        } finally {
            opening.unlock();
        }
    }
}
