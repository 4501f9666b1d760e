package io.mcpserver.mcp.edge;

import io.mcpserver.mcp.call.Call;
import io.mcpserver.mcp.call.Questions;
import io.mcpserver.mcp.call.RequestMetrics;
import io.mcpserver.mcp.call.SessionCalls;
import io.mcpserver.mcp.call.SessionClient;
import io.mcpserver.mcp.call.StatefulReply;
import io.mcpserver.mcp.extension.Conversation;
import io.mcpserver.mcp.extension.Protocol;
import io.mcpserver.mcp.message.ClientProfile;
import io.mcpserver.mcp.message.Era;
import io.mcpserver.mcp.message.Incoming;
import io.mcpserver.mcp.message.Incoming.Notification;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.Incoming.Response;
import io.mcpserver.mcp.message.JsonRpcError;
import io.mcpserver.mcp.session.Session;
import io.mcpserver.mcp.session.SessionStream;
import io.mcpserver.mcp.session.Sessions;
import io.quarkiverse.mcp.server.InitialRequest.Transport;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The revisions with sessions over Streamable HTTP: begin, use, listen, end. */
@Singleton
class SessionHttp {

    private static final String NO_SESSION =
            "There is no session yet: send initialize first, then its Mcp-Session-Id with every message.";

    private final MessageGate gate;
    private final OpenStreams streams;
    private final OpenCalls openCalls;
    private final Sessions sessions;
    private final SessionCalls calls;
    private final Questions questions;
    private final RequestMetrics metrics;
    private final Protocol protocol;

    SessionHttp(
            MessageGate gate,
            OpenStreams streams,
            OpenCalls openCalls,
            Sessions sessions,
            SessionCalls calls,
            Questions questions,
            RequestMetrics metrics,
            Protocol protocol) {
        this.gate = gate;
        this.streams = streams;
        this.openCalls = openCalls;
        this.sessions = sessions;
        this.calls = calls;
        this.questions = questions;
        this.metrics = metrics;
        this.protocol = protocol;
    }

    /** Answers a message that was read. */
    void message(RoutingContext http, Incoming message) {
        String id = http.request().getHeader(StreamableHttp.SESSION);
        if (id == null) {
            withoutSession(http, message);
            return;
        }
        Optional<Session> session = find(http, id);
        if (session.isEmpty()) {
            return;
        }
        if (message instanceof Request request) {
            if (gate.enter(http, request.id())) {
                PostWire wire = new PostWire(http, streams, openCalls);
                calls.request(request, session.get().conversation(), session.get(), wire, Optional.of(http));
            }
        } else {
            calls.accept(message, session.get().conversation());
            http.response().setStatusCode(202).end();
        }
    }

    /** Opens a stream for what the server says outside of any request. */
    void listen(RoutingContext http) {
        find(http, http.request().getHeader(StreamableHttp.SESSION)).ifPresent(session -> {
            HttpServerResponse response = http.response();
            Events.begin(http);
            response.write(": listening\n\n");
            SessionStream stream = new EventStream(response);
            http.addEndHandler(ended -> sessions.stopListening(session, stream));
            sessions.listen(session, stream);
            streams.add(http);
        });
    }

    /** Ends a session. */
    void end(RoutingContext http) {
        find(http, http.request().getHeader(StreamableHttp.SESSION)).ifPresent(session -> {
            sessions.end(session);
            http.response().setStatusCode(200).end();
        });
    }

    private Optional<Session> find(RoutingContext http, String id) {
        Optional<Session> session = sessions.find(id, Door.callerOf(http));
        if (session.isEmpty()) {
            Replies.refuse(http, 404, "There is no such session: send initialize without a session to begin one.");
        }
        return session;
    }

    private void withoutSession(RoutingContext http, Incoming message) {
        if (message instanceof Request request && request.method().equals("initialize")) {
            if (gate.enter(http, request.id())) {
                begin(http, request);
            }
        } else if (isStray(message)) {
            http.response().setStatusCode(202).end();
        } else {
            Object id = message instanceof Request request ? request.id() : null;
            Replies.refuse(http, 400, JsonRpcError.of(id, JsonRpcError.INVALID_REQUEST, NO_SESSION));
        }
    }

    /** Whether nobody waits for the message: it is taken and forgotten. */
    private static boolean isStray(Incoming message) {
        return message instanceof Response || message instanceof Notification notification && !notification.known();
    }

    private void begin(RoutingContext http, Request request) {
        ClientProfile client = ClientProfile.ofInitialize(request.json().getJsonObject("params"));
        PostWire wire = new PostWire(http, streams, openCalls);
        StatefulReply reply =
                new StatefulReply(request.id(), wire, metrics.begin(Era.STATEFUL, request, client.revision(), true));
        Optional<String> id = sessions.begin(client, Door.callerOf(http));
        if (id.isEmpty()) {
            reply.fail(
                    JsonRpcError.INVALID_PARAMS,
                    "The members clientInfo and capabilities are too long; together they may have about 2,000 characters.");
            return;
        }
        Conversation conversation = protocol.open(id.get(), Transport.STREAMABLE_HTTP, said -> {});
        http.response().putHeader(StreamableHttp.SESSION, id.get());
        calls.dispatch(new Call(
                request,
                () -> conversation,
                new SessionClient(conversation, request, wire, questions),
                reply,
                Optional.of(http)));
    }
}
