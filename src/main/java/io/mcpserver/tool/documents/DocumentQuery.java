package io.mcpserver.tool.documents;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.Query;
import io.mcpserver.tool.ResultBudget;
import io.mcpserver.tool.ToolResult;
import java.util.List;
import java.util.Optional;

/**
 * A question for a page of documents, answered as {@code {documents, next_cursor?, total}}.
 *
 * @param fields paths into the content that are told of each document; without it, all
 */
public record DocumentQuery(Query asked, Optional<List<String>> fields) {

    /** Documents of a page unless the caller says otherwise. */
    public static final int DEFAULT_LIMIT = 20;

    /**
     * Asks the store; asks again for a shorter page where the page does not fit, because only the store can make a
     * cursor.
     *
     * @param maxBytes that the answer may have
     * @throws CodedException {@code TOO_LARGE} where not one document fits; and what {@link DocumentStore#query} throws
     */
    public ToolResult answer(DocumentStore store, int maxBytes) {
        Query query = asked;
        while (true) {
            Query.Page page = store.query(query);
            List<ObjectNode> documents =
                    page.documents().stream().map(this::json).toList();
            int fitting = fitting(documents, maxBytes);
            if (fitting == documents.size()) {
                return result(documents, page, query.limit() < asked.limit(), maxBytes);
            }
            if (fitting == 0) {
                throw tooLarge(page.documents().getFirst().id(), maxBytes);
            }
            query = new Query(query.collection(), query.filter(), query.sort(), fitting, query.cursor());
        }
    }

    private ObjectNode json(Document document) {
        return fields.map(paths -> DocumentAnswer.of(document, Projection.of(document.content(), paths)))
                .orElseGet(() -> DocumentAnswer.of(document));
    }

    private static int fitting(List<ObjectNode> documents, int maxBytes) {
        ResultBudget budget = new ResultBudget(maxBytes);
        int fitting = 0;
        while (fitting < documents.size() && budget.take(documents.get(fitting))) {
            fitting++;
        }
        return fitting;
    }

    private static ToolResult result(List<ObjectNode> documents, Query.Page page, boolean cut, int maxBytes) {
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
                            .formatted(maxBytes));
        }
        return ToolResult.of(result);
    }

    private CodedException tooLarge(String id, int maxBytes) {
        return new CodedException(
                ErrorCode.TOO_LARGE,
                "The document \"%s\" alone exceeds tools.max_result_bytes (%,d); ask for %s with the argument fields."
                        .formatted(id, maxBytes, fields.isPresent() ? "fewer fields" : "only some of its fields"));
    }
}
