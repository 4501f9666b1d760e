package io.mcpserver.mcp.edge;

import io.mcpserver.mcp.call.Questions;
import io.mcpserver.mcp.call.ResourceWatch;
import io.mcpserver.mcp.call.SelectedGroups;
import io.mcpserver.mcp.call.SessionCalls;
import io.mcpserver.mcp.extension.Conversation;
import io.mcpserver.mcp.extension.Protocol;
import io.mcpserver.mcp.message.Incoming;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.JsonRpcError;
import io.mcpserver.mcp.message.RequestMeta;
import io.quarkiverse.mcp.server.InitialRequest.Transport;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * HTTP+SSE of revision 2024-11-05: a stream on {@code /sse} that names where to post, and on which everything is answered.
 * A session is as long as its stream.
 */
@Singleton
class LegacySse {

    private static final String PATH = "/sse";
    private static final String LONG_PATH = "/mcp/sse";
    private static final String MESSAGES = "/mcp/messages/";

    /** Bytes of answers that a client has not read; beyond it nothing more is taken from the client. */
    private static final int MOST_UNREAD = 4 << 20;

    /** Calls of one session that are not answered yet; beyond it no more is taken from the client. */
    private static final int MOST_IN_FLIGHT = 100;

    private record SseSession(
            Conversation conversation, HttpServerResponse stream, String caller, AtomicInteger inFlight) {}

    private final MessageGate gate;
    private final Bodies bodies;
    private final OpenStreams streams;
    private final SessionCalls calls;
    private final OpenCalls openCalls;
    private final Questions questions;
    private final Protocol protocol;
    private final ResourceWatch watch;
    private final Map<String, SseSession> sessions = new ConcurrentHashMap<>();

    LegacySse(
            MessageGate gate,
            Bodies bodies,
            OpenStreams streams,
            SessionCalls calls,
            OpenCalls openCalls,
            Questions questions,
            Protocol protocol,
            ResourceWatch watch) {
        this.gate = gate;
        this.bodies = bodies;
        this.streams = streams;
        this.calls = calls;
        this.openCalls = openCalls;
        this.questions = questions;
        this.protocol = protocol;
        this.watch = watch;
    }

    int count() {
        return sessions.size();
    }

    void register(Router router, int order) {
        router.route(PATH).order(order).handler(this::open);
        router.route(LONG_PATH).order(order).handler(this::open);
        router.route(MESSAGES + ":id").order(order).handler(this::head);
        bodies.register(router.post(MESSAGES + ":id").order(order + 1));
        router.post(MESSAGES + ":id").order(order + 2).handler(this::message);
    }

    private void open(RoutingContext http) {
        if (http.request().method() != HttpMethod.GET) {
            http.response().putHeader(HttpHeaders.ALLOW, "GET");
            Replies.refuse(http, 405, "This endpoint takes GET only: it opens the stream, which names where to post.");
            return;
        }
        if (Events.refusesBody(http)) {
            return;
        }
        String id = Protocol.newId();
        HttpServerResponse stream = http.response();
        Conversation conversation =
                protocol.open(id, Transport.SSE, message -> StreamWire.write(stream, message.toBuffer()));
        sessions.put(id, new SseSession(conversation, stream, Door.callerOf(http), new AtomicInteger()));
        http.addEndHandler(ended -> close(id));
        Events.begin(http);
        stream.setWriteQueueMaxSize(MOST_UNREAD);
        stream.write("event: endpoint\ndata: " + PublicPath.of(http.request(), MESSAGES + id) + groups(http) + "\n\n");
        protocol.hear(conversation);
        streams.add(http);
    }

    /** The groups that the client selected, for the URL to which it posts. */
    private static String groups(RoutingContext http) {
        String query = SelectedGroups.queryOf(http);
        return query.isEmpty() ? "" : "?" + query;
    }

    private void close(String id) {
        SseSession session = sessions.remove(id);
        if (session != null) {
            protocol.stopHearing(session.conversation());
            watch.endAll(session.conversation());
            questions.left(session.conversation());
        }
    }

    private void head(RoutingContext http) {
        if (http.request().method() != HttpMethod.POST) {
            http.response().putHeader(HttpHeaders.ALLOW, "POST");
            Replies.refuse(http, 405, "This endpoint takes POST only.");
        } else if (session(http).isEmpty()) {
            Replies.refuse(http, 404, "There is no such session: open " + PATH + " to begin one.");
        } else if (session(http).get().stream().writeQueueFull()
                || session(http).get().inFlight().get() >= MOST_IN_FLIGHT) {
            Replies.refuse(
                    http,
                    503,
                    "Too many calls of this session wait for their answer or for the client to read it; try again when it has.");
        } else if (gate.allowHead(http)) {
            http.next();
        }
    }

    private void message(RoutingContext http) {
        gate.read(http).filter(message -> speaksSessions(http, message)).ifPresent(message -> session(http)
                .ifPresentOrElse(
                        session -> take(http, session, message),
                        () -> Replies.refuse(http, 404, "The stream of this session was closed.")));
    }

    private void take(RoutingContext http, SseSession session, Incoming message) {
        http.response().setStatusCode(202).end();
        if (message instanceof Request request) {
            StreamWire wire = new StreamWire(session.stream(), openCalls, session.inFlight());
            calls.request(request, session.conversation(), session.conversation(), wire, Optional.of(http));
        } else {
            calls.accept(message, session.conversation());
        }
    }

    /** Refuses what belongs to a revision without sessions, which this transport does not carry. */
    private static boolean speaksSessions(RoutingContext http, Incoming message) {
        if (message instanceof Request request && RequestMeta.saysRevision(request.json())) {
            Replies.refuse(
                    http,
                    400,
                    JsonRpcError.of(
                            request.id(),
                            JsonRpcError.UNSUPPORTED_REVISION,
                            "HTTP+SSE carries revisions with sessions only; transport.type http-stream serves all."));
            return false;
        }
        return true;
    }

    private Optional<SseSession> session(RoutingContext http) {
        return Optional.ofNullable(sessions.get(http.pathParam("id")))
                .filter(session -> session.caller().equals(Door.callerOf(http)));
    }
}
