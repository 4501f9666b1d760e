package io.mcpserver.tool.catalog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.CapabilityMissing;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolOutcome.Failure;
import io.mcpserver.tool.ToolOutcome.NeedsCapability;
import io.mcpserver.tool.ToolOutcome.NeedsInput;
import io.mcpserver.tool.ToolOutcome.Success;
import io.mcpserver.tool.ToolResult;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.ToolResponse;
import java.util.List;

/** Outcomes in the form of the MCP extension, for a client that can neither be asked nor hears anything. */
final class ToolResponses {

    private ToolResponses() {}

    static ToolResponse of(ToolOutcome outcome) {
        return switch (outcome) {
            case Success success -> success(success.result());
            case Failure failure -> failure(failure.failure());
            case NeedsCapability needs ->
                failure(new CodedException(
                        ErrorCode.UNSUPPORTED, new CapabilityMissing(needs.features()).getMessage()));
            case NeedsInput needs -> throw new IllegalStateException("A silent client was asked " + needs.questions());
        };
    }

    private static ToolResponse success(ToolResult result) {
        return new ToolResponse(
                false,
                List.of(new TextContent(result.text())),
                result.structured().orElse(null),
                null);
    }

    private static ToolResponse failure(CodedException failure) {
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
