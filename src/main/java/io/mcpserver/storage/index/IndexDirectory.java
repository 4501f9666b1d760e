package io.mcpserver.storage.index;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.FolderDelete;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.search.IndexFormat;
import io.mcpserver.storage.search.SearchIndex;
import io.mcpserver.storage.search.SearchIndexFactory;
import io.mcpserver.storage.search.SearchIndexFactory.Contents;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.util.IOUtils;

/**
 * The folder of the index: what is in it is used if it can be trusted, and else thrown away.
 *
 * <p>Only in a folder that was empty when it was taken, and marked then. In any other one nothing is written or
 * deleted.
 */
final class IndexDirectory {

    private static final Logger LOG = System.getLogger(IndexDirectory.class.getName());

    /** A file that says: throw this index away. Deleted last. */
    private static final String DISTRUSTED = "distrusted";

    /** A file that says: all that is in this folder is derived, and this program's to delete. */
    static final String OURS = "made-by-mcp-server";

    private final Path path;
    private final SearchIndexFactory indexes;
    private final Contents contents;

    IndexDirectory(Path path, SearchIndexFactory indexes, Contents contents) {
        this.path = path;
        this.indexes = indexes;
        this.contents = contents;
    }

    /**
     * Makes sure that the folder holds an index that belongs to the record, or nothing.
     *
     * @param newest sequence of the record
     * @return what the index says about itself
     * @throws StoreException if the folder is not one of ours
     */
    IndexFormat prepare(long newest) throws IOException {
        own();
        if (Files.exists(path.resolve(DISTRUSTED))) {
            return clear("it was marked as not to be trusted");
        }
        IndexFormat found;
        try {
            found = indexes.verify(path);
        } catch (IOException | RuntimeException e) {
            return clear("it is damaged (" + e.getMessage() + ")");
        }
        if (found.version().isEmpty()) {
            return clear("there is none");
        }
        if (!found.version().equals(indexes.version())) {
            return clear("its format is " + found.version() + ", not " + indexes.version());
        }
        if (!found.model().equals(contents.model())) {
            return clear("it was made with the embedding model " + found.model() + ", not " + contents.model());
        }
        if (found.sequence() > newest) {
            return clear("it is ahead of the record (" + found.sequence() + " of " + newest + ")");
        }
        return found;
    }

    SearchIndex open() throws IOException {
        return indexes.open(path, contents);
    }

    /** Makes sure that the next {@link #prepare} throws away what is there now. */
    void distrust() throws IOException {
        own();
        mark(DISTRUSTED);
    }

    /** Takes the folder if it is empty; a folder that somebody else filled is nothing to clear or to write into. */
    private void own() throws IOException {
        Files.createDirectories(path);
        if (Files.exists(path.resolve(OURS))) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            if (files.iterator().hasNext()) {
                throw new StoreException(
                        ErrorCode.STORE_UNAVAILABLE,
                        "the folder " + path + " holds files that are not of a search index: move them elsewhere, or"
                                + " delete the folder if it is an old index");
            }
        }
        mark(OURS);
    }

    private void mark(String name) throws IOException {
        Path mark = path.resolve(name);
        if (!Files.exists(mark)) {
            Files.createFile(mark);
        }
        // Also of one that is there: a flush may have failed.
        IOUtils.fsync(mark, false);
        IOUtils.fsync(path, true);
    }

    private IndexFormat clear(String reason) throws IOException {
        LOG.log(Level.INFO, "The search index is built from the record: {0}.", reason);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                if (!file.endsWith(DISTRUSTED) && !file.endsWith(OURS)) {
                    FolderDelete.delete(file);
                }
            }
        }
        Files.deleteIfExists(path.resolve(DISTRUSTED));
        return new IndexFormat(indexes.version(), contents.model(), 0);
    }
}
