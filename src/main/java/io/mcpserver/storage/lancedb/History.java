package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.FolderDelete;
import io.mcpserver.storage.FolderFlush;
import io.mcpserver.storage.FreeSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps states of the dataset from before, so that one can be read when the files of the present one are others. A state is
 * a folder of links to the files of the dataset, which Lance writes once and never changes: it costs what is replaced or
 * deleted in the dataset since. What fails is logged and keeps no write away. One thread.
 */
final class History {

    /** States at most, whatever the time for which they are kept. */
    static final int MOST = 48;

    /** Between two states at least. */
    static final Duration SHORTEST = Duration.ofMinutes(1);

    /** Free bytes below which states are given up, the oldest first. */
    private static final long ROOM = 256L << 20;

    private static final System.Logger LOG = System.getLogger(History.class.getName());
    private static final String UNFINISHED = "unfinished";

    private final Path dataset;
    private final KeptStates states;
    private final Duration window;
    private final Duration every;
    private final InstantSource clock;
    private Instant changed;

    /** Before it no other state is kept; null until the first write. */
    private Instant next;

    /**
     * @param window for how long states are kept; zero: none are, and those that are there go
     * @param changed when the dataset was changed last
     */
    History(Path dataset, Duration window, InstantSource clock, Instant changed) {
        this.dataset = dataset;
        this.states = KeptStates.in(dataset.getParent());
        this.window = window;
        this.clock = clock;
        this.changed = changed.truncatedTo(ChronoUnit.MILLIS);
        Duration share = window.dividedBy(MOST);
        this.every = share.compareTo(SHORTEST) < 0 ? SHORTEST : share;
    }

    /** Keeps the state that is about to be changed, if none has been kept for a while. */
    void beforeWrite(Path manifest) {
        Instant now = clock.instant();
        boolean due = next == null || !window.isZero() && !now.isBefore(next);
        if (!due && (window.isZero() || hasRoom())) {
            return;
        }
        try {
            List<Instant> all = states.all();
            Instant newest = all.isEmpty() ? Instant.EPOCH : all.getLast();
            if (next == null) {
                next = newest.plus(every);
            }
            if (!window.isZero() && changed.isAfter(newest) && !now.isBefore(next)) {
                // Also where it fails, so that it is not tried at every write.
                next = now.plus(every);
                keep(manifest);
            }
            dropOld();
        } catch (IOException | RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "A state of the documents in {0} is not kept for backup --at: {1}",
                    dataset,
                    e.getMessage());
        }
    }

    private boolean hasRoom() {
        return FreeSpace.in(dataset) >= ROOM;
    }

    void afterWrite() {
        changed = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void keep(Path manifest) throws IOException {
        if (Files.isSymbolicLink(states.folder())) {
            throw new IOException(states.folder() + " is a link, which is not followed");
        }
        Path unfinished = states.folder().resolve(UNFINISHED);
        FolderDelete.delete(unfinished);
        Files.createDirectories(unfinished);
        try (Stream<Path> files = Files.walk(dataset)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path link = unfinished.resolve(dataset.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(link);
                } else if (!file.getParent().equals(manifest.getParent()) || file.equals(manifest)) {
                    Files.createLink(link, file);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        flushFolders(unfinished);
        Files.move(unfinished, states.of(changed), StandardCopyOption.ATOMIC_MOVE);
        FolderFlush.flush(states.folder());
    }

    /** The newest one from before the window is that of its beginning, and stays. */
    private void dropOld() throws IOException {
        List<Instant> all = states.all();
        Instant begin = clock.instant().minus(window);
        int drop = 0;
        while (drop < all.size()
                && (window.isZero()
                        || drop < all.size() - MOST - 1
                        || drop + 1 < all.size() && !all.get(drop + 1).isAfter(begin)
                        || !hasRoom())) {
            FolderDelete.delete(states.of(all.get(drop)));
            drop++;
        }
        if (window.isZero() && Files.isDirectory(states.folder(), LinkOption.NOFOLLOW_LINKS)) {
            FolderDelete.delete(states.folder());
        }
    }

    private static void flushFolders(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path folder : (Iterable<Path>) files.filter(Files::isDirectory)::iterator) {
                FolderFlush.flush(folder);
            }
        }
    }
}
