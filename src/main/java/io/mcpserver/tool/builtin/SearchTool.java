package io.mcpserver.tool.builtin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.FilterParser;
import io.mcpserver.storage.Hit;
import io.mcpserver.storage.Search;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.ResultBudget;
import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSchemas;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolSpec.Hints;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code storage_search}. */
@Singleton
public class SearchTool implements ToolProvider {

    private static final String SEARCH = "storage_search";
    private static final int DEFAULT_LIMIT = 10;

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
                    limit.orElse(DEFAULT_LIMIT),
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
        return result(hits);
    }

    /**
     * The best hit comes whole if it can; then passages go first, since a hit that is named without its
     * document can still be loaded.
     */
    private ToolResult result(List<Hit> hits) {
        ResultBudget budget = new ResultBudget(maxBytes());
        List<ObjectNode> shown = new ArrayList<>();
        int whole = 0;
        for (Hit hit : hits) {
            ObjectNode json = json(hit);
            if (!budget.take(json)) {
                break;
            }
            shown.add(json);
            if (shown.size() == 1) {
                whole += complete(json, hit, budget);
            }
        }
        for (int i = 1; i < shown.size(); i++) {
            whole += complete(shown.get(i), hits.get(i), budget);
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.putArray("hits").addAll(shown);
        if (whole < hits.size()) {
            result.put("note", note(hits.size(), shown.size(), whole));
        }
        return ToolResult.of(result);
    }

    /** Adds the document to a hit if there is room; says how many were added. */
    private static int complete(ObjectNode json, Hit hit, ResultBudget budget) {
        ObjectNode document = DocumentAnswer.of(hit.document());
        if (!budget.take(ResultBudget.cost(document) + ResultBudget.cost(json.textNode("document")))) {
            return 0;
        }
        json.set("document", document);
        return 1;
    }

    private String note(int found, int shown, int whole) {
        String cut = shown < found ? "Only the best %d of %d hits are shown. ".formatted(shown, found) : "";
        return ("The answer was cut at tools.max_result_bytes (%,d). %s%d hits come without their document: read it with"
                        + " storage_load, or some of its fields with storage_query and a filter on id.")
                .formatted(maxBytes(), cut, shown - whole);
    }

    private static ObjectNode json(Hit hit) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("collection", hit.collection());
        json.put("id", hit.document().id());
        json.put("score", hit.score());
        json.put("passage", hit.passage());
        hit.explanation().ifPresent(text -> json.put("explanation", text));
        return json;
    }

    private int maxBytes() {
        return config.now().tools().maxResultBytes();
    }
}
