package io.mcpserver.storage.tinydb;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.FolderFlush;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.journal.DocumentKey;
import io.mcpserver.storage.journal.JournaledWrites;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Brings what is in memory into the file, and what somebody else did to the file into memory.
 *
 * <p>The file is replaced as a whole, and only if it is what it was when it was last read: what somebody else wrote is
 * merged first. Threads: the applier's, the watch's and that of the opening, one at a time.
 */
final class TinyDbCheckpoints {

    private static final System.Logger LOG = System.getLogger(TinyDbCheckpoints.class.getName());
    private static final int ATTEMPTS = 5;

    private final TinyDbFiles files;
    private final TinyDbContents contents;
    private final TinyDbReading reading;
    private final TinyDbPrevious previous;
    private final CompletableFuture<JournaledWrites> writes = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private TinyDbBaseline baseline;
    private Map<String, JsonNode> others;
    private volatile Optional<TinyDbFiles.Stamp> seen = Optional.empty();
    private volatile long size;

    /** Whether the file is in its place, and its state not yet. */
    private boolean unfinished;

    TinyDbCheckpoints(TinyDbFiles files, TinyDbOpening opening) {
        this.files = files;
        this.contents = opening.contents();
        this.baseline = opening.baseline();
        this.others = opening.others();
        this.reading = new TinyDbReading(files);
        this.previous = new TinyDbPrevious(files);
    }

    /** Gives the way that merged documents take; until then whoever needs it waits. */
    void connect(JournaledWrites through) {
        writes.complete(through);
    }

    /** Bytes of the file when it was last written or read. */
    long size() {
        return size;
    }

    /** Whether the file may be another than the one that was last read or written. */
    boolean isStale() {
        Optional<TinyDbFiles.Stamp> now = TinyDbFiles.stamp(files.documents());
        return now.isPresent() && !now.equals(seen);
    }

    /**
     * Merges what somebody else did to the file, if anything.
     *
     * @throws StoreException {@code STORE_UNAVAILABLE} if the file cannot be read as one of TinyDB; it is left as it is
     */
    void absorb() {
        lock.lock();
        try {
            Path file = files.documents();
            Optional<TinyDbFiles.Stamp> stamp = TinyDbFiles.stamp(file);
            if (stamp.isEmpty()) {
                forgetFile(file);
                return;
            }
            Optional<TinyDbReading.Found> found =
                    reading.read(baseline.digest(), baseline.rows().size());
            if (found.isPresent()) {
                merge(file, found.get());
            }
            size = stamp.get().size();
            seen = stamp;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Puts all that is visible now into the file.
     *
     * @return number of the newest record of the journal in it
     */
    long write() {
        lock.lock();
        try {
            finish();
            previous.check();
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                absorb();
                TinyDbContents.Snapshot snapshot = contents.snapshot();
                if (put(snapshot)) {
                    return snapshot.applied();
                }
            }
            throw new StoreException(
                    ErrorCode.STORE_UNAVAILABLE,
                    "The file " + files.documents()
                            + " is changed by another program again and again; it is not overwritten.");
        } catch (IOException e) {
            throw StorageFault.of("The file " + files.documents() + " cannot be written", e);
        } finally {
            lock.unlock();
        }
    }

    /** A file that is gone is written anew: there is nothing in it to lose. */
    private void forgetFile(Path file) {
        if (!baseline.digest().equals(TinyDbBaseline.NO_FILE)) {
            LOG.log(Level.WARNING, "The file {0} is gone; the next save writes it anew.", file);
            baseline = TinyDbBaseline.NOTHING;
        }
        size = 0;
    }

    private void merge(Path file, TinyDbReading.Found found) {
        TinyDbComparison comparison = TinyDbComparison.of(baseline, found.tables());
        if (!comparison.changes().isEmpty()) {
            int conflicts = writes.join().submit(new TinyDbMerge(comparison.changes(), contents));
            LOG.log(
                    Level.INFO,
                    "The file {0} was changed by somebody else: {1} documents taken over, {2} of them in conflict.",
                    file,
                    Integer.toString(comparison.changes().size()),
                    Integer.toString(conflicts));
        }
        Map<DocumentKey, TinyDbBaseline.Row> rows = new HashMap<>();
        comparison.rows().forEach((key, row) -> rows.put(key, row(key, row)));
        baseline = new TinyDbBaseline(found.digest(), rows);
        others = found.tables().others();
    }

    /** A content that is not the current one has no version that anybody could have changed it from: 0. */
    private TinyDbBaseline.Row row(DocumentKey key, TinyDbRow row) {
        String checksum = TinyDbRow.checksum(row.content());
        TinyDbBaseline.Row before = baseline.rows().get(key);
        if (before != null && before.checksum().equals(checksum)) {
            return new TinyDbBaseline.Row(row.number(), before.version(), checksum);
        }
        long version = contents.find(key)
                .filter(known -> known.checksum().equals(checksum))
                .map(known -> known.head().version())
                .orElse(0L);
        return new TinyDbBaseline.Row(row.number(), version, checksum);
    }

    /** False if somebody changed the file in the meantime; nothing was written then. */
    private boolean put(TinyDbContents.Snapshot snapshot) throws IOException {
        Map<DocumentKey, Long> numbers = numbers(snapshot.known());
        Path file = files.documents();
        TinyDbFiles.Written next = TinyDbFiles.writeBeside(
                file, out -> TinyDbWriter.write(out, tables(snapshot.known(), numbers), others));
        try {
            TinyDbState state = TinyDbState.of(next.digest(), snapshot, numbers);
            if (next.digest().equals(baseline.digest())) {
                Files.delete(next.path());
                put(state, files.nextState());
            } else if (prepared(file, state)) {
                TinyDbFiles.rename(next.path(), file);
                seen = TinyDbFiles.stamp(file);
            } else {
                Files.deleteIfExists(next.path());
                Files.deleteIfExists(files.nextState());
                return false;
            }
        } catch (IOException e) {
            Files.deleteIfExists(next.path());
            throw e;
        }
        // Whatever fails from here on: what is in the file is ours, and not what somebody else did.
        size = next.size();
        remember(next.digest(), snapshot, numbers);
        unfinished = true;
        finish();
        return true;
    }

    /** Brings the state of the file to its place; where that fails, it comes before anything else that is written. */
    private void finish() throws IOException {
        if (unfinished) {
            FolderFlush.flush(files.documents().toAbsolutePath().getParent());
            TinyDbFiles.replace(files.nextState(), files.state());
            unfinished = false;
        }
    }

    /**
     * The state goes first: whichever of the two files a crash leaves, one state belongs to it. False if somebody changed
     * the file.
     */
    private boolean prepared(Path file, TinyDbState state) throws IOException {
        put(state, files.nextState());
        Optional<TinyDbFiles.Stamp> stamp = TinyDbFiles.stamp(file);
        boolean same = stamp.isEmpty() || reading.digest().equals(baseline.digest());
        return same && previous.keep(file, stamp) && TinyDbFiles.stamp(file).equals(stamp);
    }

    private static void put(TinyDbState state, Path file) throws IOException {
        TinyDbFiles.replace(TinyDbFiles.writeBeside(file, state::write).path(), file);
    }

    private void remember(String digest, TinyDbContents.Snapshot snapshot, Map<DocumentKey, Long> numbers) {
        Map<DocumentKey, TinyDbBaseline.Row> rows = new HashMap<>();
        for (TinyDbContents.Known known : snapshot.known()) {
            if (known.head().live()) {
                rows.put(
                        known.key(),
                        new TinyDbBaseline.Row(
                                numbers.get(known.key()), known.head().version(), known.checksum()));
            }
        }
        baseline = new TinyDbBaseline(digest, rows);
    }

    /** TinyDB's ids: those in the file stay, new documents get the next ones of their table, as Python counts. */
    private Map<DocumentKey, Long> numbers(List<TinyDbContents.Known> known) {
        Map<String, Long> last = new HashMap<>();
        baseline.rows().forEach((key, row) -> last.merge(key.collection(), row.number(), Math::max));
        Map<DocumentKey, Long> numbers = new HashMap<>();
        for (TinyDbContents.Known one : known) {
            if (one.head().live()) {
                TinyDbBaseline.Row row = baseline.rows().get(one.key());
                numbers.put(
                        one.key(),
                        row != null
                                ? row.number()
                                : last.merge(one.key().collection(), 1L, (a, b) -> Math.max(a, 0) + 1));
            }
        }
        return numbers;
    }

    private static Map<String, List<TinyDbWriter.Numbered>> tables(
            List<TinyDbContents.Known> known, Map<DocumentKey, Long> numbers) {
        Map<String, TreeMap<Long, TinyDbWriter.Numbered>> sorted = new TreeMap<>();
        for (TinyDbContents.Known one : known) {
            one.document().ifPresent(document -> {
                long number = numbers.get(one.key());
                sorted.computeIfAbsent(one.key().collection(), name -> new TreeMap<>())
                        .put(number, new TinyDbWriter.Numbered(number, document));
            });
        }
        Map<String, List<TinyDbWriter.Numbered>> tables = new TreeMap<>();
        sorted.forEach((collection, rows) -> tables.put(collection, List.copyOf(rows.values())));
        return tables;
    }
}
