package io.mcpserver.tool;

import io.mcpserver.error.CodedException;
import java.util.Map;
import java.util.Set;

/** How a call of a tool ended. */
public sealed interface ToolOutcome {

    /** The tool did its work. */
    record Success(ToolResult result) implements ToolOutcome {}

    /** The tool, or what guards it, could not or would not; the client is told what to do. */
    record Failure(CodedException failure) implements ToolOutcome {}

    /** The client has to answer and to call again. Only for clients without a session. */
    record NeedsInput(Map<String, Question> questions) implements ToolOutcome {}

    /** The client has not declared what this call needs. */
    record NeedsCapability(Set<ClientFeature> features) implements ToolOutcome {}
}
