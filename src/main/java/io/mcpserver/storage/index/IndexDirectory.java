package io.mcpserver.storage.index;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.util.IOUtils;

/** The folder of the index: what is in it is used if it can be trusted, and else thrown away. */
final class IndexDirectory {

    private static final Logger LOG = System.getLogger(IndexDirectory.class.getName());

    /** A file that says: throw this index away. Deleted last. */
    private static final String DISTRUSTED = "distrusted";

    private final Path path;
    private final String model;

    IndexDirectory(Path path, String model) {
        this.path = path;
        this.model = model;
    }

    /**
     * Makes sure that the folder holds an index that belongs to the record, or nothing.
     *
     * @param newest sequence of the record
     * @return what the index says about itself
     */
    IndexFormat prepare(long newest) throws IOException {
        Files.createDirectories(path);
        if (Files.exists(path.resolve(DISTRUSTED))) {
            return clear("it was marked as not to be trusted");
        }
        IndexFormat found;
        try {
            found = SearchIndex.verify(path);
        } catch (IOException | RuntimeException e) {
            return clear("it is damaged (" + e.getMessage() + ")");
        }
        if (found.version().isEmpty()) {
            return clear("there is none");
        }
        if (!found.version().equals(IndexFormat.VERSION)) {
            return clear("its format is " + found.version() + ", not " + IndexFormat.VERSION);
        }
        if (!found.model().equals(model)) {
            return clear("it was made with the embedding model " + found.model() + ", not " + model);
        }
        if (found.sequence() > newest) {
            return clear("it is ahead of the record (" + found.sequence() + " of " + newest + ")");
        }
        return found;
    }

    SearchIndex open() throws IOException {
        return SearchIndex.open(path, model);
    }

    /** Makes sure that the next {@link #prepare} throws away what is there now. */
    void distrust() throws IOException {
        Path mark = path.resolve(DISTRUSTED);
        Files.createDirectories(path);
        if (!Files.exists(mark)) {
            Files.createFile(mark);
            IOUtils.fsync(mark, false);
            IOUtils.fsync(path, true);
        }
    }

    private IndexFormat clear(String reason) throws IOException {
        LOG.log(Level.INFO, "The search index is built from the record: {0}.", reason);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, Files::isRegularFile)) {
            for (Path file : files) {
                if (!file.endsWith(DISTRUSTED)) {
                    Files.delete(file);
                }
            }
        }
        Files.deleteIfExists(path.resolve(DISTRUSTED));
        return IndexFormat.current(model, 0);
    }
}
