package io.mcpserver.storage.service;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.DocumentStoreFactory;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.index.lucene.LuceneIndexFactory;
import io.mcpserver.storage.search.SearchIndexFactory;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of search index that an engine can have. */
final class SearchIndexes {

    private SearchIndexes() {}

    /** The kind that is configured. */
    static SearchIndexFactory find(ServerConfig.Storage storage, DocumentStoreFactory engine) {
        return kinds(engine)
                .filter(kind -> kind.name().equals(storage.searchIndex()))
                .findFirst()
                .orElseThrow(() -> new StoreException(
                        ErrorCode.UNSUPPORTED,
                        "storage.search_index "
                                + against(engine, storage.searchIndex()).orElseThrow() + "."));
    }

    /** Why an engine cannot have a kind, in words that follow the key; empty where it can. */
    static Optional<String> against(DocumentStoreFactory engine, String kind) {
        if (kinds(engine).anyMatch(one -> one.name().equals(kind))) {
            return Optional.empty();
        }
        String reason = "is %s, which the engine %s does not have: set storage.search_index to %s"
                .formatted(kind, engine.type(), ServerConfig.Storage.LUCENE);
        String others = String.join(" or ", Engines.withSearchIndex(kind));
        return Optional.of(others.isEmpty() ? reason : reason + ", or storage.type to " + others);
    }

    private static Stream<SearchIndexFactory> kinds(DocumentStoreFactory engine) {
        return Stream.concat(Stream.of(new LuceneIndexFactory()), engine.searchIndexes().stream());
    }
}
