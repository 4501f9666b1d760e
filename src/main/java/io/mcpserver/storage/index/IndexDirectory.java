package io.mcpserver.storage.index;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of the index: what is in it is used if it can be trusted, and else thrown away. */
final class IndexDirectory {

    private static final Logger LOG = System.getLogger(IndexDirectory.class.getName());

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

    private IndexFormat clear(String reason) throws IOException {
        LOG.log(Level.INFO, "The search index is built from the record: {0}.", reason);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, Files::isRegularFile)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        return IndexFormat.current(model, 0);
    }
}
