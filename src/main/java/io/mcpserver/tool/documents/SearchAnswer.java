package io.mcpserver.tool.documents;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.storage.Hit;
import io.mcpserver.tool.ResultBudget;
import io.mcpserver.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;

/** Hits of a search as agents see them: {@code {hits: [{collection, id, score, passage, document}]}}. */
public final class SearchAnswer {

    /** Hits unless the caller says otherwise. */
    public static final int DEFAULT_LIMIT = 10;

    private SearchAnswer() {}

    /**
     * The best hit comes whole if it can; then passages go first, since a hit that is named without its
     * document can still be loaded.
     *
     * @param maxBytes that the answer may have
     */
    public static ToolResult of(List<Hit> hits, int maxBytes) {
        ResultBudget budget = new ResultBudget(maxBytes);
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
            result.put("note", note(hits.size(), shown.size(), whole, maxBytes));
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

    private static String note(int found, int shown, int whole, int maxBytes) {
        String cut = shown < found ? "Only the best %d of %d hits are shown. ".formatted(shown, found) : "";
        return ("The answer was cut at tools.max_result_bytes (%,d). %s%d hits come without their document: read it with"
                        + " storage_load, or some of its fields with storage_query and a filter on id.")
                .formatted(maxBytes, cut, shown - whole);
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
}
