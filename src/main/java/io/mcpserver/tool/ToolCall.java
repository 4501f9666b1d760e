package io.mcpserver.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One call of a tool, as its handler sees it. */
public interface ToolCall {

    /** The arguments, valid by the tool's input schema. */
    ObjectNode arguments();

    /** The arguments as a record whose components bear their names. */
    <A> A arguments(Class<A> type);

    /** Who called. */
    ToolCaller caller();

    /** The client that called. Time that passes while the client answers a question does not count to the deadline. */
    ToolClient client();
}
