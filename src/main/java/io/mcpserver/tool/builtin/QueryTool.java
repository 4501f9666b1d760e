package io.mcpserver.tool.builtin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.FilterParser;
import io.mcpserver.storage.Query;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolSchemas;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolSpec.Hints;
import io.mcpserver.tool.documents.DocumentQuery;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** {@code storage_query}. */
@Singleton
public class QueryTool implements ToolProvider {

    private static final String QUERY = "storage_query";

    private final StoreService stores;
    private final LiveConfig config;

    public QueryTool(StoreService stores, LiveConfig config) {
        this.stores = stores;
        this.config = config;
    }

    public record Arguments(
            String collection,
            Optional<ObjectNode> filter,
            Optional<List<String>> sort,
            Optional<Integer> limit,
            Optional<String> cursor,
            Optional<List<String>> fields) {

        DocumentQuery query() {
            Query query = new Query(
                    collection,
                    filter.map(FilterParser::parse).orElse(Filter.ALL),
                    sort.orElse(List.of()).stream().map(Query.Sort::parse).toList(),
                    limit.orElse(DocumentQuery.DEFAULT_LIMIT),
                    cursor);
            return new DocumentQuery(query, fields);
        }
    }

    @Override
    public List<ToolSpec> tools() {
        return List.of(ToolSpec.named(QUERY)
                .title("Query documents by fields")
                .description("""
                    Lists the documents of a collection by exact conditions on their fields, sorted, page by page, and \
                    tells how many there are in all. Use it for "all notes of 2024", "the newest ten", counting, or \
                    walking through a collection. To find text by meaning or words use storage_search, for known ids \
                    storage_load. Example: {"collection": "notes", "filter": {"tags": {"$contains": "team"}, "year": \
                    {"$gte": 2024}}, "sort": ["-created"], "limit": 10, "fields": ["title"]}.""")
                .hints(Hints.READS)
                .schemas(ToolSchemas.of(QUERY))
                .blocks(call -> call.arguments(Arguments.class)
                        .query()
                        .answer(stores.store(), config.now().tools().maxResultBytes())));
    }
}
