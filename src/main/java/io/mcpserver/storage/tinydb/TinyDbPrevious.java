package io.mcpserver.storage.tinydb;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The file that a checkpoint took the place of, kept until the next one.
 *
 * <p>A program that holds a file open, as Python's TinyDB does, goes on writing to it after another took its place. What it
 * writes is noticed here and set aside.
 */
final class TinyDbPrevious {

    private static final System.Logger LOG = System.getLogger(TinyDbPrevious.class.getName());

    private final TinyDbFiles files;
    private Optional<TinyDbFiles.Stamp> kept = Optional.empty();

    TinyDbPrevious(TinyDbFiles files) {
        this.files = files;
    }

    /** Sets the previous file aside if somebody wrote to it since it was replaced. */
    void check() throws IOException {
        Path previous = files.previous();
        Optional<TinyDbFiles.Stamp> now = TinyDbFiles.stamp(previous);
        if (kept.isPresent() && now.isPresent() && !now.equals(kept)) {
            Path aside =
                    files.directory().resolve("documents.aside-" + now.get().modified() / 1_000_000 + ".json");
            Files.move(previous, aside, StandardCopyOption.REPLACE_EXISTING);
            LOG.log(
                    Level.WARNING,
                    "A program that holds an older version of {0} open has written to it. What it wrote is not in the"
                            + " store; it is kept as {1}. Let such programs open the file anew for each change.",
                    files.documents(),
                    aside);
            kept = Optional.empty();
        }
    }

    /**
     * Gives a file that is about to be replaced a second name.
     *
     * @param stamp of the file as it was checked; empty where there is none
     * @return false if it is another by now
     */
    boolean keep(Path file, Optional<TinyDbFiles.Stamp> stamp) throws IOException {
        if (stamp.isEmpty()) {
            return true;
        }
        Path previous = files.previous();
        Files.deleteIfExists(previous);
        try {
            Files.createLink(previous, file);
        } catch (IOException | UnsupportedOperationException e) {
            LOG.log(Level.DEBUG, "No second name for a file here", e);
            return true;
        }
        kept = stamp;
        return TinyDbFiles.stamp(previous).equals(stamp);
    }
}
