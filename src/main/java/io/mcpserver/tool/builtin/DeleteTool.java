package io.mcpserver.tool.builtin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.FilterParser;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSchemas;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolSpec.Hints;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** {@code storage_delete}. */
@Singleton
public class DeleteTool implements ToolProvider {

    private static final String DELETE = "storage_delete";

    private final StoreService stores;
    private final StorageMetrics metrics;

    public DeleteTool(StoreService stores, StorageMetrics metrics) {
        this.stores = stores;
        this.metrics = metrics;
    }

    public record Arguments(String collection, Optional<List<String>> ids, Optional<ObjectNode> filter) {}

    @Override
    public List<ToolSpec> tools() {
        return List.of(ToolSpec.named(DELETE)
                .title("Delete documents")
                .description("""
                    Deletes documents for good, either by ids or by a filter; give exactly one of the two. There is no \
                    undo: look with storage_query and the same filter first. Examples: {"collection": "notes", "ids": \
                    ["release-plan"]} or {"collection": "notes", "filter": {"status": "done"}}.""")
                .hints(new Hints(false, true, true, false))
                .schemas(ToolSchemas.of(DELETE))
                .blocks(call -> delete(call.arguments(Arguments.class))));
    }

    private ToolResult delete(Arguments arguments) {
        if (arguments.ids().isPresent() == arguments.filter().isPresent()) {
            throw refused("storage_delete takes either ids or filter, exactly one of them.");
        }
        arguments.filter().filter(ObjectNode::isEmpty).ifPresent(empty -> {
            throw refused("An empty filter selects every document, so storage_delete refuses it. To empty the whole"
                    + " collection say {\"id\": {\"$exists\": true}}.");
        });
        long deleted = delete(stores.store(), arguments);
        metrics.deleted(deleted);
        return ToolResult.of(JsonNodeFactory.instance.objectNode().put("deleted", deleted));
    }

    private static long delete(DocumentStore store, Arguments arguments) {
        return arguments.ids().isPresent()
                ? store.delete(
                        arguments.collection(),
                        arguments.ids().get().stream().distinct().toList())
                : store.delete(
                        arguments.collection(),
                        FilterParser.parse(arguments.filter().orElseThrow()));
    }

    private static CodedException refused(String message) {
        return new CodedException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
