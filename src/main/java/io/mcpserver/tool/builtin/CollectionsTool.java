package io.mcpserver.tool.builtin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.storage.CollectionInfo;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.ResultBudget;
import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSchemas;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolSpec.Hints;
import jakarta.inject.Singleton;
import java.util.List;

/** {@code storage_collections}. */
@Singleton
public class CollectionsTool implements ToolProvider {

    private static final String COLLECTIONS = "storage_collections";

    private final StoreService stores;
    private final LiveConfig config;

    public CollectionsTool(StoreService stores, LiveConfig config) {
        this.stores = stores;
        this.config = config;
    }

    @Override
    public List<ToolSpec> tools() {
        return List.of(ToolSpec.named(COLLECTIONS)
                .title("List collections")
                .description("""
                    Lists the collections that hold documents, with how many and how large they are. Call it first to \
                    see what is stored and to reuse the name of a collection. It takes no arguments: {}.""")
                .hints(Hints.READS)
                .schemas(ToolSchemas.of(COLLECTIONS))
                .blocks(call -> list()));
    }

    private ToolResult list() {
        List<CollectionInfo> collections = stores.store().collections();
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode list = result.putArray("collections");
        ResultBudget budget = new ResultBudget(maxBytes());
        for (CollectionInfo collection : collections) {
            ObjectNode json = json(collection);
            if (!budget.take(json)) {
                result.put(
                        "note",
                        "Only the first %d of %d collections are listed (tools.max_result_bytes is %,d)."
                                .formatted(list.size(), collections.size(), maxBytes()));
                break;
            }
            list.add(json);
        }
        return ToolResult.of(result);
    }

    private static ObjectNode json(CollectionInfo collection) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", collection.name());
        json.put("documents", collection.documents());
        json.put("bytes", collection.bytes());
        collection.settings().model().ifPresent(model -> json.put("model", model.name()));
        if (!collection.settings().textFields().isEmpty()) {
            ArrayNode fields = json.putArray("text_fields");
            collection.settings().textFields().forEach(fields::add);
        }
        return json;
    }

    private int maxBytes() {
        return config.now().tools().maxResultBytes();
    }
}
