package io.mcpserver.mcp.call;

import io.mcpserver.mcp.extension.Conversation;
import io.mcpserver.mcp.extension.Protocol;
import io.mcpserver.mcp.message.Era;
import io.mcpserver.mcp.message.Incoming;
import io.mcpserver.mcp.message.Incoming.Notification;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.Incoming.Response;
import io.mcpserver.mcp.message.JsonRpcError;
import io.mcpserver.mcp.message.Members;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * The messages of a session, whatever transport carries it.
 *
 * <p>Threads: to be called on a Vert.x context of the message's own; nothing blocks.
 */
@Singleton
public class SessionCalls {

    private final Dispatcher dispatcher;
    private final Protocol protocol;
    private final Questions questions;
    private final RequestMetrics metrics;
    private final ResourceWatch watch;

    SessionCalls(
            Dispatcher dispatcher,
            Protocol protocol,
            Questions questions,
            RequestMetrics metrics,
            ResourceWatch watch) {
        this.dispatcher = dispatcher;
        this.protocol = protocol;
        this.questions = questions;
        this.metrics = metrics;
        this.watch = watch;
    }

    /**
     * Answers a request.
     *
     * @param who in whose name resources are watched; ended with {@link ResourceWatch#endAll}
     */
    public void request(
            Request request, Conversation conversation, Object who, Wire wire, Optional<RoutingContext> http) {
        try {
            answer(request, conversation, who, wire, http);
        } catch (RuntimeException e) {
            wire.fail(request, e);
        }
    }

    private void answer(
            Request request, Conversation conversation, Object who, Wire wire, Optional<RoutingContext> http) {
        Era era = conversation.isSingle() ? Era.PLAIN : Era.STATEFUL;
        String revision = era == Era.STATEFUL ? conversation.revision() : "";
        Reply reply = new StatefulReply(request.id(), wire, metrics.begin(era, request, revision, http.isPresent()));
        SessionClient client = new SessionClient(conversation, request, wire, questions);
        Call call = new Call(request, () -> conversation, client, reply, http);
        String uri = call.params().getString("uri");
        boolean watches = uri != null && ResourceWatch.watches(uri);
        if (watches && conversation.isSingle() && call.method().equals("resources/subscribe")) {
            reply.fail(JsonRpcError.INVALID_REQUEST, "Send initialize first: only a session can hear of changes.");
        } else if (watches && call.method().equals("resources/subscribe")) {
            subscribe(call, uri, who);
        } else if (watches && call.method().equals("resources/unsubscribe")) {
            watch.end(uri, who);
            reply.say(empty(request));
        } else {
            dispatcher.dispatch(call);
        }
    }

    /** Hands a request on as it is. */
    public void dispatch(Call call) {
        dispatcher.dispatch(call);
    }

    /** Takes a message that is never answered. */
    public void accept(Incoming message, Conversation conversation) {
        switch (message) {
            case Notification notification -> heard(notification, conversation);
            case Response response -> answered(response, conversation);
            default -> throw new IllegalArgumentException("A request is to be answered: " + message);
        }
    }

    private void heard(Notification notification, Conversation conversation) {
        if (notification.method().equals("notifications/cancelled")) {
            JsonObject params = Members.object(notification.json(), "params");
            Object id = params.getValue("requestId");
            if (id instanceof String || id instanceof Number) {
                dispatcher.cancel(conversation, id);
            }
        } else if (notification.known()) {
            protocol.handle(notification.json(), conversation, said -> {}, Optional.empty());
        }
    }

    private void answered(Response response, Conversation conversation) {
        boolean taken = questions.answer(conversation, response.id(), response.json());
        if (!taken && protocol.awaitsAnswer(response.id())) {
            protocol.handle(response.json(), conversation, said -> {}, Optional.empty());
        }
    }

    private void subscribe(Call call, String uri, Object who) {
        Conversation conversation = call.conversation();
        if (watch.watch(uri, who, changed -> conversation.send(Notices.resourceUpdated(changed)))) {
            call.reply().say(empty(call.request()));
        } else {
            call.reply()
                    .fail(
                            JsonRpcError.INVALID_PARAMS,
                            "A session may subscribe to " + ResourceWatch.MOST + " resources; unsubscribe some first.");
        }
    }

    private static JsonObject empty(Request request) {
        return new JsonObject().put("jsonrpc", "2.0").put("id", request.id()).put("result", new JsonObject());
    }
}
