package io.mcpserver.tool.guard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.ToolCall;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolClient;

/** A call whose arguments were found valid. */
record CheckedCall(ArgumentCheck check, ObjectNode arguments, ToolCaller caller, ToolClient client)
        implements ToolCall {

    @Override
    public <A> A arguments(Class<A> type) {
        return check.read(arguments, type);
    }
}
