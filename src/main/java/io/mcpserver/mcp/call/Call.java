package io.mcpserver.mcp.call;

import io.mcpserver.mcp.extension.Conversation;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.Members;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolClient;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One request and all that is known about it.
 *
 * @param talk gives the conversation in which it was said, always the same; not made where nobody asks for it
 * @param client behind it, for tools
 * @param http the HTTP request that brought it, if one did
 */
public record Call(
        Request request, Supplier<Conversation> talk, ToolClient client, Reply reply, Optional<RoutingContext> http) {

    /** Where the edge keeps the {@link ToolCaller} in the routing context, if a key was needed. */
    public static final String CALLER = ToolCaller.class.getName();

    /** The conversation; under its id and the request's, a call in flight is found again. */
    Conversation conversation() {
        return talk.get();
    }

    /** Who called, with the groups of tools that the request selects among those of the caller. */
    ToolCaller caller() {
        return http.map(SelectedGroups::callerOf).orElse(ToolCaller.ANYBODY);
    }

    String method() {
        return request.method();
    }

    JsonObject params() {
        return Members.object(request.json(), "params");
    }
}
