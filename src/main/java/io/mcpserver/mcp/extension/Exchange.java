package io.mcpserver.mcp.extension;

import io.quarkiverse.mcp.server.McpServer;
import io.quarkiverse.mcp.server.runtime.ContextSupport;
import io.quarkiverse.mcp.server.runtime.McpRequestImpl;
import io.quarkiverse.mcp.server.runtime.Sender;
import io.vertx.core.json.JsonObject;

/** One message of a {@link Conversation} on its way through the extension. */
final class Exchange extends McpRequestImpl<Conversation> {

    Exchange(JsonObject message, Conversation conversation, Sender sender, ContextSupport contextSupport) {
        super(McpServer.DEFAULT, message, conversation, sender, null, contextSupport, null);
    }
}
