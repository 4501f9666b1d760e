package io.mcpserver.tool.builtin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.FilterParser;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.guard.ToolGuard;
import io.mcpserver.tool.schema.InputSchemas;
import io.mcpserver.tool.schema.OutputOf;
import io.mcpserver.tool.schema.OutputSchemas;
import io.quarkiverse.mcp.server.RawMessage;
import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolResponse;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** {@code storage_delete}. */
@Singleton
public class DeleteTool {

    private static final String DELETE = "storage_delete";

    private final ToolGuard guard;
    private final StoreService stores;
    private final StorageMetrics metrics;

    public DeleteTool(ToolGuard guard, StoreService stores, StorageMetrics metrics) {
        this.guard = guard;
        this.stores = stores;
        this.metrics = metrics;
    }

    @OutputOf(DELETE)
    public record Arguments(String collection, Optional<List<String>> ids, Optional<ObjectNode> filter) {}

    @Tool(
            name = DELETE,
            title = "Delete documents",
            description = """
                    Deletes documents for good, either by ids or by a filter; give exactly one of the two. There is no \
                    undo: look with storage_query and the same filter first. Examples: {"collection": "notes", "ids": \
                    ["release-plan"]} or {"collection": "notes", "filter": {"status": "done"}}.""",
            annotations =
                    @Tool.Annotations(
                            title = "Delete documents",
                            readOnlyHint = false,
                            destructiveHint = true,
                            idempotentHint = true,
                            openWorldHint = false),
            inputSchema = @Tool.InputSchema(generator = InputSchemas.class),
            outputSchema = @Tool.OutputSchema(from = Arguments.class, generator = OutputSchemas.class))
    Uni<ToolResponse> delete(RawMessage message) {
        return guard.call(DELETE, message, Arguments.class, this::delete);
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
