package io.mcpserver.mcp.extension;

import io.mcpserver.mcp.message.ClientProfile;
import io.quarkiverse.mcp.server.InitialRequest.Transport;
import io.quarkiverse.mcp.server.McpServer;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.runtime.ConnectionManager;
import io.quarkiverse.mcp.server.runtime.Sender;
import io.quarkiverse.mcp.server.runtime.ServerRequests;
import io.quarkiverse.mcp.server.runtime.config.McpServersRuntimeConfig;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The extension's handling of messages, for the transports of this program.
 *
 * <p>Threads: safe for any number of callers; nothing blocks. Messages must have passed {@link
 * io.mcpserver.mcp.message.MessageReader}.
 */
@Singleton
public class Protocol {

    private static final Logger LOG = Logger.getLogger(Protocol.class);

    private static final Consumer<JsonObject> NOBODY = message -> {};

    private final ProtocolHandler handler;
    private final ConnectionManager connections;
    private final ServerRequests serverRequests;
    private final McpServersRuntimeConfig config;
    private final CurrentVertxRequest currentRequest;
    private final ToolManager tools;

    Protocol(
            ProtocolHandler handler,
            ConnectionManager connections,
            ServerRequests serverRequests,
            McpServersRuntimeConfig config,
            CurrentVertxRequest currentRequest,
            ToolManager tools) {
        this.handler = handler;
        this.connections = connections;
        this.serverRequests = serverRequests;
        this.config = config;
        this.currentRequest = currentRequest;
        this.tools = tools;
    }

    /** A new id, not to be guessed. */
    public static String newId() {
        return ConnectionManager.connectionId();
    }

    /** A conversation that begins with {@code initialize}. */
    public Conversation open(String id, Transport transport, Consumer<JsonObject> sink) {
        return new Conversation(id, config.servers().get(McpServer.DEFAULT), transport, sink);
    }

    /** A conversation that began elsewhere with what {@code client} says. */
    public Conversation resume(String id, Transport transport, ClientProfile client, Consumer<JsonObject> sink) {
        return open(id, transport, sink).begin(client, false);
    }

    /** A conversation of one request that needs no {@code initialize}. */
    public Conversation single(Transport transport, ClientProfile client) {
        return open(newId(), transport, NOBODY).begin(client, true);
    }

    /** Whether the extension lists tools of its own; this program gives it none. */
    public boolean hasTools() {
        return tools.iterator().hasNext();
    }

    /** Says something to every client that hears what the server has to say to all. */
    public void tellAll(JsonObject notification) {
        connections.forEach(connection -> {
            try {
                connection.send(notification);
            } catch (RuntimeException e) {
                // Its stream has ended meanwhile; the others are still to hear of it.
                LOG.debugf(e, "A client could not be told %s", notification.getString("method"));
            }
        });
    }

    /** Lets a conversation hear what the server has to say to all, until it is told to {@link #stopHearing}. */
    public void hear(Conversation conversation) {
        connections.add(conversation);
    }

    public void stopHearing(Conversation conversation) {
        connections.remove(conversation.id());
    }

    /**
     * Handles one message.
     *
     * @param sink gets what is said in answer: requests and notifications of the server, last the answer
     * @param http the HTTP request that brought the message, if one did
     * @return completes when everything was said
     */
    public Future<Void> handle(
            JsonObject message, Conversation conversation, Consumer<JsonObject> sink, Optional<RoutingContext> http) {
        boolean begins = "initialize".equals(message.getString("method"));
        Sender sender = said -> {
            if (said != null) {
                sink.accept(begins ? Capabilities.completed(said) : said);
            }
            return Future.succeededFuture();
        };
        Exchange exchange = new Exchange(
                message, conversation, sender, http.isEmpty() ? null : () -> currentRequest.setCurrent(http.get()));
        try {
            return handler.handle(exchange).mapEmpty();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /** Whether the extension asked a client something under this id and has no answer yet. */
    public boolean awaitsAnswer(Object id) {
        return switch (id) {
            case Integer number -> serverRequests.hasResponseHandler(number);
            case Long number -> serverRequests.hasResponseHandler(number);
            case String text when text.matches("\\d{1,18}") -> serverRequests.hasResponseHandler(Long.parseLong(text));
            case null, default -> false;
        };
    }
}
