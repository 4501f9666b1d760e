package io.mcpserver.mcp.call;

import io.mcpserver.mcp.extension.Conversation;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.Members;
import io.mcpserver.tool.ToolClient;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * One request and all that is known about it.
 *
 * @param conversation in which it was said; under its id and the request's, a call in flight is found again
 * @param client behind it, for tools
 * @param http the HTTP request that brought it, if one did
 */
public record Call(
        Request request, Conversation conversation, ToolClient client, Reply reply, Optional<RoutingContext> http) {

    String method() {
        return request.method();
    }

    JsonObject params() {
        return Members.object(request.json(), "params");
    }
}
