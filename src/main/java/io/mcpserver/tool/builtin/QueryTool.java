package io.mcpserver.tool.builtin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.FilterParser;
import io.mcpserver.storage.Query;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.ResultBudget;
import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSchemas;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolSpec.Hints;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** {@code storage_query}. */
@Singleton
public class QueryTool implements ToolProvider {

    private static final String QUERY = "storage_query";
    private static final int DEFAULT_LIMIT = 20;

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

        Query query() {
            return new Query(
                    collection,
                    filter.map(FilterParser::parse).orElse(Filter.ALL),
                    sort.orElse(List.of()).stream().map(Query.Sort::parse).toList(),
                    limit.orElse(DEFAULT_LIMIT),
                    cursor);
        }

        ObjectNode json(Document document) {
            return fields.map(paths -> DocumentAnswer.of(document, Projection.of(document.content(), paths)))
                    .orElseGet(() -> DocumentAnswer.of(document));
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
                .blocks(call -> query(call.arguments(Arguments.class))));
    }

    /** Asks again for a shorter page where the page does not fit, because only the store can make a cursor. */
    private ToolResult query(Arguments arguments) {
        Query query = arguments.query();
        while (true) {
            Query.Page page = stores.store().query(query);
            List<ObjectNode> documents =
                    page.documents().stream().map(arguments::json).toList();
            int fitting = fitting(documents);
            if (fitting == documents.size()) {
                boolean cut = query.limit() < arguments.limit().orElse(DEFAULT_LIMIT);
                return result(documents, page, cut);
            }
            if (fitting == 0) {
                throw tooLarge(
                        page.documents().getFirst().id(), arguments.fields().isPresent());
            }
            query = new Query(query.collection(), query.filter(), query.sort(), fitting, query.cursor());
        }
    }

    private int fitting(List<ObjectNode> documents) {
        ResultBudget budget = new ResultBudget(maxBytes());
        int fitting = 0;
        while (fitting < documents.size() && budget.take(documents.get(fitting))) {
            fitting++;
        }
        return fitting;
    }

    private ToolResult result(List<ObjectNode> documents, Query.Page page, boolean cut) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode list = result.putArray("documents");
        documents.forEach(list::add);
        page.nextCursor().ifPresent(cursor -> result.put("next_cursor", cursor));
        result.put("total", page.total());
        if (cut) {
            result.put(
                    "note",
                    ("The page was cut at tools.max_result_bytes (%,d). Pass next_cursor as cursor to get the rest, or ask"
                                    + " for some of the fields.")
                            .formatted(maxBytes()));
        }
        return ToolResult.of(result);
    }

    private CodedException tooLarge(String id, boolean projected) {
        return new CodedException(
                ErrorCode.TOO_LARGE,
                "The document \"%s\" alone exceeds tools.max_result_bytes (%,d); ask for %s with the argument fields."
                        .formatted(id, maxBytes(), projected ? "fewer fields" : "only some of its fields"));
    }

    private int maxBytes() {
        return config.now().tools().maxResultBytes();
    }
}
