package io.mcpserver.mcp.extension;

import io.quarkiverse.mcp.server.InitialRequest.Transport;
import io.quarkiverse.mcp.server.McpServer;
import io.quarkiverse.mcp.server.runtime.McpConnectionBase;
import io.quarkiverse.mcp.server.runtime.config.McpServerRuntimeConfig;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;

/**
 * One client's talk with the server. What the server says, answers and requests of its own alike,
 * goes to one sink, in the order said.
 */
public final class Conversation extends McpConnectionBase {

    private final Transport transport;
    private final boolean initializedByItself;
    private final Consumer<JsonObject> sink;

    Conversation(
            String id,
            McpServerRuntimeConfig config,
            Transport transport,
            boolean initializedByItself,
            Consumer<JsonObject> sink) {
        super(id, config, McpServer.DEFAULT);
        this.transport = transport;
        this.initializedByItself = initializedByItself;
        this.sink = sink;
    }

    /** Whether the client has said {@code initialize}. */
    public boolean begun() {
        return status() != Status.NEW;
    }

    Transport transport() {
        return transport;
    }

    boolean initializedByItself() {
        return initializedByItself;
    }

    @Override
    public Future<Void> send(JsonObject message) {
        if (message != null) {
            messageSent(message);
            sink.accept(message);
        }
        return Future.succeededFuture();
    }
}
