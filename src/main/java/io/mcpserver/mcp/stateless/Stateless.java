package io.mcpserver.mcp.stateless;

import io.mcpserver.mcp.call.Call;
import io.mcpserver.mcp.call.Dispatcher;
import io.mcpserver.mcp.call.Lazy;
import io.mcpserver.mcp.call.RequestMetrics;
import io.mcpserver.mcp.call.RequestTimer;
import io.mcpserver.mcp.call.SelectedGroups;
import io.mcpserver.mcp.call.Wire;
import io.mcpserver.mcp.extension.Conversation;
import io.mcpserver.mcp.extension.Protocol;
import io.mcpserver.mcp.message.ClientProfile;
import io.mcpserver.mcp.message.Era;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.JsonRpcError;
import io.mcpserver.mcp.message.Members;
import io.mcpserver.mcp.message.RequestMeta;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.catalog.ToolOffering;
import io.quarkiverse.mcp.server.InitialRequest.Transport;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/**
 * Answers requests of the stateless revisions, over any transport.
 *
 * <p>Threads: to be called on a Vert.x context of the request's own; nothing blocks.
 */
@Singleton
public class Stateless {

    private static final Runnable NOTHING = () -> {};

    private static final Set<String> METHODS = Set.of(
            "server/discover",
            "tools/list",
            "tools/call",
            "prompts/list",
            "prompts/get",
            "resources/list",
            "resources/templates/list",
            "resources/read",
            "completion/complete",
            "subscriptions/listen");

    private final Dispatcher dispatcher;
    private final Protocol protocol;
    private final ToolOffering offering;
    private final Discovery discovery;
    private final Subscriptions subscriptions;
    private final ParameterHeaders parameters;
    private final RequestStates states;
    private final RequestMetrics metrics;
    private final CacheHints hints;
    private final ServerIdentity identity;

    Stateless(
            Dispatcher dispatcher,
            Protocol protocol,
            ToolOffering offering,
            Discovery discovery,
            Subscriptions subscriptions,
            ParameterHeaders parameters,
            RequestStates states,
            RequestMetrics metrics,
            CacheHints hints,
            ServerIdentity identity) {
        this.dispatcher = dispatcher;
        this.protocol = protocol;
        this.offering = offering;
        this.discovery = discovery;
        this.subscriptions = subscriptions;
        this.parameters = parameters;
        this.states = states;
        this.metrics = metrics;
        this.hints = hints;
        this.identity = identity;
    }

    /** The methods by which a request shows that it speaks a stateless revision, should its {@code _meta} not say so. */
    public static boolean isOwn(String method) {
        return method.equals("server/discover") || method.equals("subscriptions/listen");
    }

    /**
     * Sees to it that the request is answered.
     *
     * @param caller the name of the caller's key, an empty text where none is needed
     * @param http the HTTP request that brought it, whose headers have to agree; empty over stdio
     * @return cancels the request: what runs for it is stopped, and nothing more is said
     */
    public Runnable handle(Request request, Wire wire, String caller, Optional<RoutingContext> http) {
        try {
            return answer(request, wire, caller, http);
        } catch (RuntimeException e) {
            wire.fail(request, e);
            return NOTHING;
        }
    }

    private Runnable answer(Request request, Wire wire, String caller, Optional<RoutingContext> http) {
        RequestTimer timer = metrics.begin(Era.STATELESS, request, http.isPresent());
        Optional<Fault> fault = fault(request, http);
        if (fault.isPresent()) {
            return refuse(request, wire, timer, fault.get());
        }
        Optional<InputRounds> rounds = InputRounds.of(states, request, caller);
        if (rounds.isEmpty()) {
            return refuse(
                    request,
                    wire,
                    timer,
                    Fault.params(
                            "The member params.requestState is not one that this server gave for this request, or is"
                                    + " too old; begin without it."));
        }
        JsonObject meta = RequestMeta.of(request.json()).orElseThrow();
        StatelessClient client = new StatelessClient(meta, wire, rounds.get());
        ToolCaller who = http.map(SelectedGroups::callerOf).orElse(ToolCaller.ANYBODY);
        StatelessReply reply = new StatelessReply(request, wire, timer, client, who, hints, identity);
        return switch (request.method()) {
            case "server/discover" -> discover(reply);
            case "subscriptions/listen" -> {
                timer.ok();
                yield subscriptions.listen(request, ClientProfile.ofMeta(meta), wire);
            }
            default -> dispatch(request, meta, client, reply, http);
        };
    }

    private Optional<Fault> fault(Request request, Optional<RoutingContext> http) {
        Optional<MultiMap> headers = http.map(context -> context.request().headers());
        Optional<Fault> shape = MetaCheck.shape(request);
        if (shape.isPresent()) {
            return shape;
        }
        JsonObject meta = RequestMeta.of(request.json()).orElseThrow();
        return headers.flatMap(all -> HeaderCheck.revision(all, meta))
                .or(() -> MetaCheck.meaning(meta))
                .or(() -> headers.flatMap(all -> HeaderCheck.method(all, request)))
                .or(() -> METHODS.contains(request.method())
                        ? Optional.empty()
                        : Optional.of(Fault.method(request.method())))
                .or(() -> http.flatMap(context -> parameters(request, context)))
                .or(() -> request.method().equals("subscriptions/listen")
                        ? Subscriptions.fault(
                                        request.json().getJsonObject("params").getJsonObject("notifications"))
                                .or(subscriptions::full)
                        : Optional.empty());
    }

    private Optional<Fault> parameters(Request request, RoutingContext http) {
        if (!request.method().equals("tools/call")) {
            return Optional.empty();
        }
        JsonObject params = request.json().getJsonObject("params");
        return offering.find(params.getString("name"), SelectedGroups.callerOf(http))
                .flatMap(tool -> parameters.check(
                        tool,
                        Members.object(params, "arguments"),
                        http.request().headers()));
    }

    private static Runnable refuse(Request request, Wire wire, RequestTimer timer, Fault fault) {
        timer.error(fault.code());
        wire.answer(fault.status(), fault.toJson(request.id()).toBuffer());
        return NOTHING;
    }

    private Runnable discover(StatelessReply reply) {
        discovery
                .result()
                .onSuccess(reply::result)
                .onFailure(failure -> reply.fail(JsonRpcError.INTERNAL_ERROR, "Internal error"));
        return NOTHING;
    }

    private Runnable dispatch(
            Request request,
            JsonObject meta,
            StatelessClient client,
            StatelessReply reply,
            Optional<RoutingContext> http) {
        Lazy<Conversation> conversation = new Lazy<>(() -> conversation(meta, client, http.isPresent()));
        dispatcher.dispatch(new Call(request, conversation, client, reply, http));
        return () -> dispatcher.cancel(conversation.get(), request.id());
    }

    private Conversation conversation(JsonObject meta, StatelessClient client, boolean overHttp) {
        Conversation conversation = protocol.single(
                        overHttp ? Transport.STREAMABLE_HTTP : Transport.STDIO, ClientProfile.ofMeta(meta))
                .with(client);
        client.logLevel().ifPresent(level -> conversation.hearFrom(level.word()));
        return conversation;
    }
}
