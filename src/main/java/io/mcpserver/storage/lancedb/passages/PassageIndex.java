package io.mcpserver.storage.lancedb.passages;

import io.mcpserver.storage.FreeSpace;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.lancedb.dataset.FileSync;
import io.mcpserver.storage.lancedb.dataset.Lance;
import io.mcpserver.storage.lancedb.dataset.RetiredVersions;
import io.mcpserver.storage.lancedb.nativecode.CLibrary;
import io.mcpserver.storage.search.DamagedIndexException;
import io.mcpserver.storage.search.IndexClosedException;
import io.mcpserver.storage.search.IndexedDocument;
import io.mcpserver.storage.search.SearchIndex;
import io.mcpserver.storage.search.SearchIndexFactory.Contents;
import io.mcpserver.storage.thread.ReadTurn;
import io.mcpserver.storage.thread.ReaderThreads;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The passages of documents in a Lance dataset. What is written waits in memory for the next search, commit, or until it is
 * many; then it is one change of the dataset.
 */
final class PassageIndex implements SearchIndex {

    private static final Logger LOG = System.getLogger(PassageIndex.class.getName());

    /** Passages that wait in memory; with vectors some megabytes. */
    private static final int MOST_WAITING = 2_048;

    /** Writes after which small files are put together, with the next commit. */
    private static final int WRITES_UNTIL_TIDY = 50;

    /** Files that may be there before all are put together, for which Lance has to write its index of vectors anew. */
    private static final int MOST_FILES = 12;

    /** Versions after which the old ones go, with the next commit: a write makes two or three. */
    private static final int VERSIONS_UNTIL_DROPPED = 150;

    /** Rows after which the indexes take in what is new: until then, each search reads all of them. */
    private static final int ROWS_UNTIL_INDEXED = 1_000;

    /** Rows for which no commit is waited for, so that a search that reads all of them needs little memory. */
    private static final int MOST_ROWS_TO_INDEX = 10_000;

    /** Searches at a time: each takes all cores that it gets, and memory for the vectors that it looks at. */
    private static final int READERS = 2;

    /** Bytes of a passage without its vector, by a generous guess. */
    private static final int BYTES_A_PASSAGE = 1_000;

    private final Path folder;
    private final Contents contents;
    private final PassageTable table;
    private final FileSync sync;
    private final RetiredVersions retired = new RetiredVersions();
    private final ReaderThreads readers =
            new ReaderThreads("lance-search", READERS, cause -> StorageFault.of("The passages cannot be read", cause));

    /** Held by whoever changes the dataset. */
    private final ReentrantLock writing = new ReentrantLock();

    private final Object lock = new Object();
    private Map<String, Optional<IndexedDocument>> waiting = new LinkedHashMap<>();
    private int waitingPassages;

    /** Changes that were asked for, those in the dataset, those that searches see, and those that are durable. */
    private final AtomicLong asked = new AtomicLong();

    private long broughtIn;
    private volatile long visible;
    private volatile long durable;

    private volatile PassageVersion newest;
    private volatile boolean closed;
    private volatile Position position;

    /** Files that were written since small ones were put together; at first, those that are there. */
    private int writes;

    private int rowsToIndex;

    /** Of how many vectors the lists were divided; 0 if they were not. */
    private long trained;

    /** The oldest version that is kept. */
    private long dropped;

    /** Whether somebody else was putting files in order when this dataset was to be. */
    private volatile boolean overdue;

    /** What was written into small files. */
    private final RecentDocuments recent = new RecentDocuments(MOST_WAITING);

    /** @param position of the table as it was opened */
    PassageIndex(Path folder, Contents contents, PassageTable table, Position position) {
        this.folder = folder;
        this.contents = contents;
        this.table = table;
        this.position = position;
        this.sync = new FileSync(PassageIndexFactory.dataset(folder), FileSync::force);
        this.trained = position.trained();
        this.dropped = position.version();
        this.writes = table.fragments();
        this.rowsToIndex = Upkeep.isBehind(table.dataset()) ? ROWS_UNTIL_INDEXED : 0;
        this.newest = table.snapshot();
    }

    @Override
    public void put(IndexedDocument document) throws IOException {
        enqueue(document.key(), Optional.of(document), rows(document));
    }

    @Override
    public void remove(Collection<String> keys) throws IOException {
        for (String key : keys) {
            enqueue(key, Optional.empty(), 1);
        }
    }

    private void enqueue(String key, Optional<IndexedDocument> document, int passages) throws IOException {
        requireOpen();
        boolean many;
        synchronized (lock) {
            waiting.put(key, document);
            waitingPassages += passages;
            many = waitingPassages >= MOST_WAITING;
            asked.incrementAndGet();
        }
        if (many) {
            write();
        }
    }

    @Override
    public boolean isChanged() {
        return durable < asked.get() || overdue;
    }

    @Override
    public <T> T read(Reading<T> reading) throws IOException, InterruptedException {
        try {
            return readers.read(new ReadTurn(), () -> Outcome.of(() -> look(reading)))
                    .get();
        } catch (StoreException e) {
            if (closed) {
                throw new IndexClosedException("the search index is closed", e);
            }
            throw e;
        }
    }

    private <T> T look(Reading<T> reading) throws IOException, InterruptedException {
        if (visible < asked.get()) {
            write();
        }
        PassageVersion version = lend();
        try {
            return reading.read(new PassageView(version));
        } catch (IOException e) {
            throw unreadable(e);
        } finally {
            version.giveBack();
        }
    }

    /** An index that cannot be read is opened anew, or built anew where its files are not what was written. */
    private IOException unreadable(IOException cause) {
        closed = true;
        try {
            position.requireIntact(PassageIndexFactory.dataset(folder));
            return new IndexClosedException(cause.getMessage(), cause);
        } catch (IOException e) {
            return new DamagedIndexException(e.getMessage(), cause);
        }
    }

    private PassageVersion lend() throws IOException {
        while (true) {
            requireOpen();
            PassageVersion now = newest;
            if (now.lend()) {
                return now;
            }
        }
    }

    private void requireOpen() throws IndexClosedException {
        if (closed) {
            throw new IndexClosedException("the search index is closed", null);
        }
    }

    /** Brings what waits into the dataset, and shows it to searches. */
    private void write() throws IOException {
        change(() -> {
            if (bringIn()) {
                if (rowsToIndex >= MOST_ROWS_TO_INDEX) {
                    putInOrder();
                }
                show();
            }
        });
    }

    /** Says whether something waited. */
    private boolean bringIn() throws IOException {
        Map<String, Optional<IndexedDocument>> taken;
        long upTo;
        synchronized (lock) {
            taken = waiting;
            waiting = new LinkedHashMap<>();
            waitingPassages = 0;
            upTo = asked.get();
        }
        if (taken.isEmpty()) {
            return false;
        }
        List<IndexedDocument> documents =
                taken.values().stream().flatMap(Optional::stream).toList();
        int passages = documents.stream().mapToInt(PassageIndex::rows).sum();
        FreeSpace.requireSpare(folder, (long) passages * (BYTES_A_PASSAGE + contents.dimension() * Float.BYTES));
        table.replace(taken.keySet(), documents);
        recent.add(taken, passages);
        writes++;
        rowsToIndex += passages;
        if (table.dataset().countRows() < Upkeep.ROWS_FOR_TEXT_AT_ONCE) {
            Upkeep.text(table.dataset());
        }
        broughtIn = upTo;
        return true;
    }

    private static int rows(IndexedDocument document) {
        return Math.max(1, document.passages().size());
    }

    private void show() {
        PassageVersion before = newest;
        newest = table.snapshot();
        visible = broughtIn;
        retired.add(before);
    }

    @Override
    public void commit(long sequence) throws IOException {
        change(() -> {
            bringIn();
            if (writes >= WRITES_UNTIL_TIDY || rowsToIndex >= ROWS_UNTIL_INDEXED) {
                putInOrder();
            }
            show();
            makeDurable(sequence);
            durable = broughtIn;
            if (table.version() - dropped >= VERSIONS_UNTIL_DROPPED) {
                dropped = retired.oldest(newest.version());
                table.dropVersionsBefore(dropped);
            }
            CLibrary.trim();
        });
    }

    /** Does so unless the disk is nearly full, or somebody else does it now; then it is done another time. */
    private void putInOrder() throws IOException {
        if (!hasRoomForUpkeep()) {
            return;
        }
        overdue = !Lance.shared().upkeep().tryAcquire();
        if (overdue) {
            return;
        }
        long before = table.version();
        boolean tidy = writes >= WRITES_UNTIL_TIDY;
        // Counted anew also where it fails, so that a fault does not make every commit slow.
        writes = tidy ? 0 : writes;
        rowsToIndex = 0;
        try {
            if (tidy) {
                tidy();
            }
            trained = Upkeep.index(table.dataset(), contents.dimension(), trained);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "The search index in {0} could not be put in order: {1}", folder, e.getMessage());
            table.stepBack(before);
        } finally {
            Lance.shared().upkeep().release();
        }
    }

    /** Few documents in many files are written once more, into one; many files are put together by Lance. */
    private void tidy() throws IOException {
        Optional<Map<String, IndexedDocument>> few = recent.take();
        if (few.isPresent()) {
            table.replace(few.get().keySet(), few.get().values());
        }
        if (table.fragments() >= MOST_FILES) {
            table.compact();
        }
    }

    private void makeDurable(long sequence) throws IOException {
        sync.flush();
        Path dataset = PassageIndexFactory.dataset(folder);
        position = new Position(
                PassageIndexFactory.VERSION,
                contents.model(),
                sequence,
                table.version(),
                trained,
                Position.seal(dataset, table.files(), position.files()));
        position.write(folder);
    }

    /** Something that changes the dataset. */
    @FunctionalInterface
    private interface Change {
        void make() throws IOException;
    }

    /** A change that fails closes the index: nobody knows what of it is in the dataset. */
    private void change(Change change) throws IOException {
        writing.lock();
        boolean made = false;
        try {
            requireOpen();
            change.make();
            made = true;
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            closed |= !made;
            writing.unlock();
        }
    }

    private boolean hasRoomForUpkeep() {
        boolean room =
                FreeSpace.in(folder) > FreeSpace.SPARE + 2 * table.dataset().calculateDataSize();
        if (!room) {
            LOG.log(Level.WARNING, "The search index in {0} is not put in order: the disk is nearly full.", folder);
        }
        return room;
    }

    @Override
    public void close() {
        closed = true;
        readers.close();
        writing.lock();
        try {
            newest.retire();
            table.close();
        } finally {
            writing.unlock();
        }
    }
}
