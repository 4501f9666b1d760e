package io.mcpserver.storage.journal;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Records in files of a folder, numbered without a gap.
 *
 * <p>Durability: when {@link #append} returns, its records survive {@code kill -9} and a power cut; when it throws
 * anything but {@code OUTCOME_UNKNOWN}, none of them will ever be seen. Threads: {@link #append} is for one thread at a
 * time, {@link #applied} may be called by another; threads that are interrupted must not call either. Closing:
 * idempotent.
 */
public final class Journal implements AutoCloseable {

    /** What is done with each record that the engine has not applied, in order. */
    public interface Replay {
        void record(JournalRecord record);
    }

    private static final SecureRandom RANDOM = new SecureRandom();

    /** A newest segment that is smaller than this is kept although all of it was applied. */
    private static final long SMALL = 64L << 10;

    private final JournalFolder folder;
    private final long segmentBytes;
    private final Segment.Opening opening;
    private final ReentrantLock lock = new ReentrantLock();
    private Segment active;
    private long newest;
    private long applied;

    /** Whether the end of the newest segment may hold what nobody was told of. */
    private boolean inDoubt;

    /** Whether a newer segment may have been begun, so that nothing may be appended to this one any more. */
    private boolean rotating;

    private boolean closed;

    private Journal(JournalFolder folder, long segmentBytes, long applied, Segment.Opening opening) {
        this.folder = folder;
        this.segmentBytes = segmentBytes;
        this.opening = opening;
        this.applied = applied;
        this.newest = applied;
    }

    /**
     * Opens a journal, creating it where there is none, and replays what the engine has not applied.
     *
     * @param applied number of the newest record that the engine has applied and keeps durably; 0 for none
     * @throws StoreException {@code STORE_UNAVAILABLE} if it is damaged or lacks records; nothing is changed then
     */
    public static Journal open(Path folder, JournalLimits limits, long applied, Replay replay) {
        return open(folder, limits, applied, replay, FileChannel::open);
    }

    static Journal open(Path folder, JournalLimits limits, long applied, Replay replay, Segment.Opening opening) {
        Journal journal = new Journal(new JournalFolder(folder), limits.segment(), applied, opening);
        try {
            journal.read(replay);
            return journal;
        } catch (IOException e) {
            throw StorageFault.of("The journal " + folder + " cannot be opened", e);
        }
    }

    /** Number of the newest record. */
    public long newest() {
        lock.lock();
        try {
            return newest;
        } finally {
            lock.unlock();
        }
    }

    /** Where the journal is. */
    public Path folder() {
        return folder.path();
    }

    /**
     * Appends records and makes them durable with one flush.
     *
     * @return the records, numbered
     * @throws StoreException {@code DISK_FULL}, {@code STORE_READ_ONLY}, {@code STORE_UNAVAILABLE}: nothing was
     *     appended; {@code OUTCOME_UNKNOWN} if what was written can neither be flushed nor taken back: it is taken back
     *     before anything else is appended, and may be replayed if the program ends before
     */
    public List<JournalRecord> append(List<List<JournalEntry>> writes) {
        List<byte[]> bytes = writes.stream().map(RecordCodec::encode).toList();
        lock.lock();
        try {
            if (closed) {
                throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "The journal is closed.");
            }
            makeReady();
            long first = newest + 1;
            append(new Frame(first, bytes));
            newest += bytes.size();
            return IntStream.range(0, bytes.size())
                    .mapToObj(i -> new JournalRecord(first + i, writes.get(i), bytes.get(i).length))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** The engine has applied all records up to this one and keeps them durably; files that are not needed go. */
    public void applied(long number) {
        lock.lock();
        try {
            applied = Math.max(applied, number);
            if (closed) {
                return;
            }
            if (applied >= newest && active.length() > Math.min(SMALL, segmentBytes) && !inDoubt) {
                rotate();
            }
            folder.deleteBefore(applied + 1);
        } catch (IOException e) {
            // The file is deleted another time; until then its records are passed over.
            System.getLogger(Journal.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "A file of the journal that is not needed stays: {0}",
                            e.toString());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                active.close();
            }
        } catch (IOException e) {
            throw StorageFault.of("The journal " + folder.path() + " cannot be closed", e);
        } finally {
            lock.unlock();
        }
    }

    private void read(Replay replay) throws IOException {
        TreeMap<Long, Path> segments = folder.segments();
        if (!segments.isEmpty()) {
            folder.requireNoGap(applied, segments.firstKey());
        }
        long next = segments.isEmpty() ? applied + 1 : segments.firstKey();
        SegmentReader.End end = null;
        for (Map.Entry<Long, Path> segment : segments.entrySet()) {
            if (segment.getKey() != next) {
                throw new StoreException(
                        ErrorCode.STORE_UNAVAILABLE,
                        "The journal " + folder.path() + " is damaged: a file that begins with record " + next
                                + " is missing. Nothing was changed; restore a backup.");
            }
            boolean last = segment.getKey().equals(segments.lastKey());
            end = SegmentReader.read(segment.getValue(), next, last, (number, bytes) -> replay(replay, number, bytes));
            next = end.next();
        }
        newest = Math.max(applied, next - 1);
        goOn(segments, end, next);
    }

    private void replay(Replay replay, long number, byte[] bytes) throws IOException {
        if (number > applied) {
            replay.record(new JournalRecord(number, RecordCodec.decode(bytes), bytes.length));
        }
    }

    /** Opens the newest segment to append to it, or a new one where none goes on from here. */
    private void goOn(TreeMap<Long, Path> segments, SegmentReader.End end, long next) throws IOException {
        if (end != null && end.header().isPresent() && next == newest + 1) {
            if (end.suspect()) {
                folder.setAside(segments.lastEntry().getValue(), end);
            }
            active = Segment.open(opening, segments.lastEntry().getValue(), end);
        } else {
            active = create(newest + 1);
            if (next <= newest) {
                // The data is newer than the journal, as after a restore: all of it was applied.
                for (Path old : segments.headMap(newest + 1).values()) {
                    Files.delete(old);
                }
                folder.flush();
            }
        }
    }

    private void makeReady() {
        try {
            if (inDoubt) {
                active.cut();
                inDoubt = false;
            }
            if (rotating || active.length() >= segmentBytes) {
                rotate();
            }
        } catch (IOException e) {
            throw StorageFault.of("The journal " + folder.path() + " cannot be written", e);
        }
    }

    private void append(Frame frame) {
        try {
            active.append(frame.encode(active.salt()));
        } catch (IOException e) {
            try {
                active.cut();
            } catch (IOException again) {
                inDoubt = true;
                throw new StoreException(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "The write failed (" + e.getMessage()
                                + ") and cannot be taken back yet; read before trying again.",
                        e);
            }
            throw StorageFault.of("The write was not saved", e);
        }
    }

    private void rotate() throws IOException {
        if (active.first() <= newest) {
            rotating = true;
            Segment next = create(newest + 1);
            active.close();
            active = next;
        }
        rotating = false;
    }

    private Segment create(long first) throws IOException {
        Segment created = Segment.create(opening, folder.segment(first), new SegmentHeader(first, RANDOM.nextLong()));
        try {
            folder.flush();
            return created;
        } catch (IOException e) {
            created.close();
            throw e;
        }
    }
}
