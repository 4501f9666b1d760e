package io.mcpserver.tool.builtin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.FilterParser;
import io.mcpserver.storage.Hit;
import io.mcpserver.storage.Search;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSchemas;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolSpec.Hints;
import io.mcpserver.tool.documents.SearchAnswer;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code storage_search}. */
@Singleton
public class SearchTool implements ToolProvider {

    private static final String SEARCH = "storage_search";

    private final StoreService stores;
    private final StorageMetrics metrics;
    private final LiveConfig config;

    public SearchTool(StoreService stores, StorageMetrics metrics, LiveConfig config) {
        this.stores = stores;
        this.metrics = metrics;
        this.config = config;
    }

    public record Arguments(
            String query,
            Optional<String> collection,
            Optional<String> mode,
            Optional<ObjectNode> filter,
            Optional<Integer> limit,
            boolean explain) {

        Search search() {
            return new Search(
                    query,
                    collection,
                    mode.map(name -> Search.Mode.valueOf(name.toUpperCase(Locale.ROOT)))
                            .orElse(Search.Mode.HYBRID),
                    filter.map(FilterParser::parse).orElse(Filter.ALL),
                    limit.orElse(SearchAnswer.DEFAULT_LIMIT),
                    explain);
        }
    }

    @Override
    public List<ToolSpec> tools() {
        return List.of(ToolSpec.named(SEARCH)
                .title("Search documents")
                .description("""
                    Finds stored documents by meaning and by words, best first, in one collection or in all. Use it \
                    first whenever something may have been stored before: ask in your own words, in any language. Each \
                    hit has the passage that matched and the whole document. For exact conditions, counting or sorting \
                    use storage_query, for known ids storage_load. Example: {"query": "when do we ship?", "collection": \
                    "notes", "limit": 5}.""")
                .hints(Hints.READS)
                .schemas(ToolSchemas.of(SEARCH))
                .blocks(call -> search(call.arguments(Arguments.class))));
    }

    private ToolResult search(Arguments arguments) {
        Search search = arguments.search();
        List<Hit> hits = stores.store().search(search);
        metrics.searched(search.mode());
        return SearchAnswer.of(hits, maxBytes());
    }

    private int maxBytes() {
        return config.now().tools().maxResultBytes();
    }
}
