package io.mcpserver.mcp.extension;

import io.quarkiverse.mcp.server.InitialRequest.Transport;
import io.quarkiverse.mcp.server.McpServer;
import io.quarkiverse.mcp.server.runtime.ConnectionManager;
import io.quarkiverse.mcp.server.runtime.McpMessageHandler;
import io.quarkiverse.mcp.server.runtime.config.McpServersRuntimeConfig;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Answers messages for the transports of this program.
 *
 * <p>Threads: safe for any number of callers; nothing blocks. Messages must have passed {@link
 * io.mcpserver.mcp.message.MessageReader}.
 */
@Singleton
public class Protocol {

    private final ProtocolHandler handler;
    private final ConnectionManager connections;
    private final McpServersRuntimeConfig config;
    private final CurrentVertxRequest currentRequest;
    private final Vertx vertx;

    Protocol(
            ProtocolHandler handler,
            ConnectionManager connections,
            McpServersRuntimeConfig config,
            CurrentVertxRequest currentRequest,
            Vertx vertx) {
        this.handler = handler;
        this.connections = connections;
        this.config = config;
        this.currentRequest = currentRequest;
        this.vertx = vertx;
    }

    /** The revisions of the protocol that are spoken, newest first. */
    public static List<String> revisions() {
        return McpMessageHandler.SUPPORTED_PROTOCOL_VERSIONS;
    }

    /**
     * The conversation of a process with its parent; it receives the notifications of the server
     * until the process ends.
     */
    public Conversation openStdio(Consumer<JsonObject> sink) {
        Conversation conversation = conversation(Transport.STDIO, false, sink);
        connections.add(conversation);
        return conversation;
    }

    /** A conversation that needs no {@code initialize}, and receives answers only. */
    public Conversation withoutInitialize(Consumer<JsonObject> sink) {
        return conversation(Transport.STDIO, true, sink);
    }

    /**
     * Handles one message on a context of its own. Messages handed over with the same {@code context}
     * begin in the order given.
     *
     * @param conversation asked for when the message begins
     * @return completes when everything that answers the message was said
     */
    public Future<Void> handle(JsonObject message, Supplier<Conversation> conversation, Context context) {
        Context own = VertxContext.createNewDuplicatedContext(context);
        VertxContextSafetyToggle.setContextSafe(own, true);
        Promise<Void> done = Promise.promise();
        own.runOnContext(nothing -> handle(new Exchange(message, conversation.get(), null), done));
        return done.future();
    }

    /**
     * Answers one request that came by plain HTTP, without a session.
     *
     * @return the JSON-RPC answer
     */
    public Future<JsonObject> answer(JsonObject request, RoutingContext http) {
        Promise<JsonObject> answer = Promise.promise();
        Conversation conversation = conversation(Transport.STREAMABLE_HTTP, true, said -> {
            if (!said.containsKey("method")) {
                answer.tryComplete(said);
            }
        });
        Promise<Void> done = Promise.promise();
        done.future().onFailure(answer::tryFail);
        handle(new Exchange(request, conversation, () -> currentRequest.setCurrent(http)), done);
        return answer.future();
    }

    private void handle(Exchange exchange, Promise<Void> done) {
        try {
            handler.handle(exchange).onComplete(result -> {
                if (result.succeeded()) {
                    done.complete();
                } else {
                    done.fail(result.cause());
                }
            });
        } catch (RuntimeException e) {
            done.fail(e);
        }
    }

    private Conversation conversation(Transport transport, boolean initializedByItself, Consumer<JsonObject> sink) {
        return new Conversation(
                ConnectionManager.connectionId(),
                config.servers().get(McpServer.DEFAULT),
                transport,
                initializedByItself,
                sink);
    }
}
