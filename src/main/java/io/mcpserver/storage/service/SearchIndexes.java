package io.mcpserver.storage.service;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.DocumentStoreFactory;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.index.lucene.LuceneIndexFactory;
import io.mcpserver.storage.search.SearchIndexFactory;
import java.util.List;
import java.util.stream.Stream;

/** The kinds of search index that an engine can have. */
final class SearchIndexes {

    private SearchIndexes() {}

    /** The kind that is configured. */
    static SearchIndexFactory find(ServerConfig.Storage storage, DocumentStoreFactory engine) {
        return Stream.concat(Stream.of(new LuceneIndexFactory()), engine.searchIndexes().stream())
                .filter(kind -> kind.name().equals(storage.searchIndex()))
                .findFirst()
                .orElseThrow(() -> refuse(storage, engine));
    }

    private static StoreException refuse(ServerConfig.Storage storage, DocumentStoreFactory engine) {
        List<String> others = Engines.withSearchIndex(storage.searchIndex());
        return new StoreException(
                ErrorCode.UNSUPPORTED,
                "storage.search_index is '%s', which the engine %s does not have: set storage.search_index to %s, or storage.type to %s."
                        .formatted(
                                storage.searchIndex(),
                                engine.type(),
                                ServerConfig.Storage.LUCENE,
                                String.join(" or ", others)));
    }
}
