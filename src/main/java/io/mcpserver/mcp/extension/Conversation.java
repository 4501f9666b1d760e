package io.mcpserver.mcp.extension;

import io.mcpserver.mcp.message.ClientProfile;
import io.mcpserver.tool.ToolClient;
import io.quarkiverse.mcp.server.InitialRequest;
import io.quarkiverse.mcp.server.InitialRequest.Transport;
import io.quarkiverse.mcp.server.McpLog.LogLevel;
import io.quarkiverse.mcp.server.McpServer;
import io.quarkiverse.mcp.server.runtime.McpConnectionBase;
import io.quarkiverse.mcp.server.runtime.config.McpServerRuntimeConfig;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * One client's talk with the server, as the extension sees it: a session, or a single request that stands for itself.
 *
 * <p>What the server says outside of any request goes to {@code sink}, in the order said; to a client that has not begun,
 * and so may speak a revision in which it asks for what it wants to hear, nothing is said.
 */
public final class Conversation extends McpConnectionBase {

    private final Transport transport;
    private final Consumer<JsonObject> sink;
    private volatile ToolClient client = ToolClient.SILENT;

    Conversation(String id, McpServerRuntimeConfig config, Transport transport, Consumer<JsonObject> sink) {
        super(id, config, McpServer.DEFAULT);
        this.transport = transport;
        this.sink = sink;
    }

    /** Whether the client is known: it has said {@code initialize}, here or elsewhere, or needs not. */
    public boolean begun() {
        return status() != Status.NEW;
    }

    /** Whether it needs no {@code initialize}, because it is one of single requests. */
    public boolean isSingle() {
        return initialRequest() != null && initialRequest().autoInitialized();
    }

    /** The revision that both sides speak; an empty text before {@code initialize}. */
    public String revision() {
        return initialRequest() == null ? "" : initialRequest().protocolVersion();
    }

    /** Whether the client declared that it can do this. */
    public boolean clientCan(String capability) {
        return initialRequest() != null && initialRequest().supportsCapability(capability);
    }

    /** The client behind a conversation of one request, for prompts and resources that ask it something. */
    public ToolClient client() {
        return client;
    }

    /** Says who is behind this conversation. */
    public Conversation with(ToolClient speaker) {
        client = speaker;
        return this;
    }

    /** The level from which the client wants to hear of log messages, as the protocol words it. */
    public String leastLogLevel() {
        return logLevel().name().toLowerCase(Locale.ROOT);
    }

    /** Lets the client hear of log messages from this level on, as the protocol words it. */
    public void hearFrom(String level) {
        logLevel = LogLevel.valueOf(level.toUpperCase(Locale.ROOT));
    }

    Transport transport() {
        return transport;
    }

    Conversation begin(ClientProfile client, boolean byItself) {
        InitialRequest request = ClientProfiles.initialRequest(client, transport, byItself);
        if (!initialize(request) || !setInitialized()) {
            throw new IllegalStateException("The conversation has begun already: " + id());
        }
        return this;
    }

    /** How long a conversation lives is decided by who opened it. */
    @Override
    public boolean isIdleTimeoutExpired() {
        return false;
    }

    /** Nothing but its owner ends a conversation: one that is no longer heard goes on answering. */
    @Override
    public boolean close() {
        return false;
    }

    @Override
    public Future<Void> send(JsonObject message) {
        if (message != null && begun()) {
            messageSent(message);
            sink.accept(message);
        }
        return Future.succeededFuture();
    }
}
