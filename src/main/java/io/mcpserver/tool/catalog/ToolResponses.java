package io.mcpserver.tool.guard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.tool.ToolResult;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.ToolResponse;
import java.util.List;

/** Results and failures in the protocol's form: the same as structure and as text. */
final class ToolResponses {

    private ToolResponses() {}

    static ToolResponse success(ToolResult result) {
        return new ToolResponse(false, List.of(new TextContent(result.text())), result.structured(), null);
    }

    static ToolResponse failure(CodedException failure) {
        ObjectNode structured = JsonNodeFactory.instance.objectNode();
        structured
                .putObject("error")
                .put("code", failure.code().name())
                .put("message", failure.getMessage())
                .put("retryable", failure.code().retryable());
        return new ToolResponse(
                true, List.of(new TextContent(failure.code() + ": " + failure.getMessage())), structured, null);
    }
}
