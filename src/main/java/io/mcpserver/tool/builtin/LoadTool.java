package io.mcpserver.tool.builtin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.ResultBudget;
import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSchemas;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolSpec.Hints;
import io.mcpserver.tool.documents.DocumentAnswer;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** {@code storage_load}. */
@Singleton
public class LoadTool implements ToolProvider {

    private static final String LOAD = "storage_load";

    private final StoreService stores;
    private final LiveConfig config;

    public LoadTool(StoreService stores, LiveConfig config) {
        this.stores = stores;
        this.config = config;
    }

    public record Arguments(String collection, List<String> ids) {}

    @Override
    public List<ToolSpec> tools() {
        return List.of(ToolSpec.named(LOAD)
                .title("Load documents by id")
                .description("""
                    Reads documents whose ids you know, whole, with their versions. Ids that do not exist come back in \
                    missing. If you do not know the id, use storage_search (by meaning or words) or storage_query (by \
                    exact fields). Example: {"collection": "notes", "ids": ["release-plan"]}.""")
                .hints(Hints.READS)
                .schemas(ToolSchemas.of(LOAD))
                .blocks(call -> load(call.arguments(Arguments.class))));
    }

    private ToolResult load(Arguments arguments) {
        List<String> ids = arguments.ids().stream().distinct().toList();
        Map<String, Document> found = stores.store().load(arguments.collection(), ids);
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode documents = result.putArray("documents");
        ArrayNode missing = result.putArray("missing");
        ResultBudget budget = new ResultBudget(maxBytes());
        ids.forEach(id -> budget.take(idCost(id)));
        for (int i = 0; i < ids.size(); i++) {
            Document document = found.get(ids.get(i));
            if (document == null) {
                missing.add(ids.get(i));
                continue;
            }
            ObjectNode json = DocumentAnswer.of(document);
            budget.giveBack(idCost(document.id()));
            if (!budget.take(json)) {
                cut(result, arguments.collection(), ids, i);
                break;
            }
            documents.add(json);
        }
        return ToolResult.of(result);
    }

    private static long idCost(String id) {
        return ResultBudget.cost(TextNode.valueOf(id));
    }

    private void cut(ObjectNode result, String collection, List<String> ids, int answered) {
        if (answered == 0) {
            throw tooLarge(collection, ids.getFirst());
        }
        ArrayNode leftOut = result.putArray("left_out");
        ids.subList(answered, ids.size()).forEach(leftOut::add);
        result.put(
                "note",
                "The answer was cut at tools.max_result_bytes (%,d). Load the ids in left_out in further calls."
                        .formatted(maxBytes()));
    }

    private CodedException tooLarge(String collection, String id) {
        return new CodedException(
                ErrorCode.TOO_LARGE,
                ("The document \"%s\" alone exceeds tools.max_result_bytes (%,d). Read a part of it with"
                                + " storage_query: {\"collection\": \"%s\", \"filter\": {\"id\": \"%s\"}, \"fields\":"
                                + " [\"title\"]}, naming the fields that you need.")
                        .formatted(id, maxBytes(), collection, id));
    }

    private int maxBytes() {
        return config.now().tools().maxResultBytes();
    }
}
