package io.mcpserver.storage.index.lucene;

import io.mcpserver.storage.search.IndexFormat;
import io.mcpserver.storage.search.SearchIndex;
import io.mcpserver.storage.search.SearchIndexFactory;
import io.mcpserver.storage.search.SearchIndexFactory.Contents;
import java.io.IOException;
import java.nio.file.Path;

/** Opens Lucene indexes: {@code storage.search_index: lucene}. */
public final class LuceneIndexFactory implements SearchIndexFactory {

    @Override
    public String name() {
        return "lucene";
    }

    @Override
    public String version() {
        return LuceneIndex.VERSION;
    }

    @Override
    public IndexFormat verify(Path folder) throws IOException {
        return LuceneIndex.verify(folder);
    }

    /** Lucene analyzes texts itself, and takes the dimension of vectors from the first. */
    @Override
    public SearchIndex open(Path folder, Contents contents) throws IOException {
        return LuceneIndex.open(folder, contents.model());
    }
}
