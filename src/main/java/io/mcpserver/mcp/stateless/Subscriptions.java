package io.mcpserver.mcp.stateless;

import io.mcpserver.mcp.call.ResourceWatch;
import io.mcpserver.mcp.call.Wire;
import io.mcpserver.mcp.extension.Conversation;
import io.mcpserver.mcp.extension.Protocol;
import io.mcpserver.mcp.message.ClientProfile;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.JsonRpcError;
import io.mcpserver.mcp.message.Members;
import io.quarkiverse.mcp.server.InitialRequest.Transport;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The streams that {@code subscriptions/listen} opens: changes of what the server offers, and of single resources, as far
 * as the client asked for them.
 *
 * <p>Threads: safe for any number of callers.
 */
@Singleton
class Subscriptions {

    private static final Logger LOG = Logger.getLogger(Subscriptions.class);

    private static final String RESOURCES = "resourceSubscriptions";
    private static final int MOST_URIS = 1_000;
    private static final int LONGEST_URI = 2_048;

    /** Streams of this process; over HTTP connections are limited besides. */
    private static final int MOST_STREAMS = 10_000;

    private final Protocol protocol;
    private final ResourceWatch watch;
    private final Discovery discovery;
    private final Set<Subscription> open = ConcurrentHashMap.newKeySet();

    Subscriptions(Protocol protocol, ResourceWatch watch, Discovery discovery) {
        this.protocol = protocol;
        this.watch = watch;
        this.discovery = discovery;
    }

    /** Whether one more stream may be opened. */
    Optional<Fault> full() {
        return open.size() < MOST_STREAMS
                ? Optional.empty()
                : Optional.of(new Fault(
                        503,
                        JsonRpcError.UNAVAILABLE,
                        "Too many streams are open; close some, or try again later.",
                        null));
    }

    /** What is wrong with a filter, if anything is. */
    static Optional<Fault> fault(JsonObject filter) {
        for (ListKind kind : ListKind.values()) {
            Object wanted = filter.getValue(kind.filter());
            if (wanted != null && !(wanted instanceof Boolean)) {
                return Optional.of(
                        Fault.params("The member params.notifications." + kind.filter() + " must be a boolean."));
            }
        }
        Object uris = filter.getValue(RESOURCES);
        boolean wellFormed = uris == null
                || uris instanceof JsonArray array
                        && array.size() <= MOST_URIS
                        && array.stream().allMatch(uri -> uri instanceof String text && text.length() <= LONGEST_URI);
        return wellFormed
                ? Optional.empty()
                : Optional.of(
                        Fault.params("The member params.notifications." + RESOURCES + " must be an array of at most "
                                + MOST_URIS + " URIs of at most " + LONGEST_URI + " characters."));
    }

    /**
     * Opens a stream and acknowledges it before anything else is said on it.
     *
     * @return ends it without a word, because its client has gone or taken it back
     */
    Runnable listen(Request request, ClientProfile client, Wire wire) {
        Subscription subscription = new Subscription(request.id(), wire);
        Conversation conversation =
                protocol.resume(Protocol.newId(), Transport.STREAMABLE_HTTP, client, subscription::heard);
        Runnable stop = () -> stop(subscription, conversation);
        wire.stayOpen(() -> {
            stop.run();
            subscription.close();
        });
        JsonObject filter = request.json().getJsonObject("params").getJsonObject("notifications");
        discovery
                .capabilities()
                .compose(capabilities -> honoured(filter, capabilities, conversation))
                .onSuccess(honoured -> subscription.begin(honoured, () -> begin(subscription, honoured, conversation)))
                .onFailure(failure -> {
                    LOG.error("A stream of changes could not be opened", failure);
                    stop.run();
                    wire.answer(
                            200,
                            JsonRpcError.of(request.id(), JsonRpcError.INTERNAL_ERROR, "Internal error")
                                    .toBuffer());
                });
        return stop;
    }

    int count() {
        return open.size();
    }

    private void begin(Subscription subscription, JsonObject honoured, Conversation conversation) {
        open.add(subscription);
        protocol.hear(conversation);
        for (Object uri : Members.array(honoured, RESOURCES)) {
            if (ResourceWatch.watches((String) uri)) {
                watch.watch((String) uri, subscription, subscription::updated);
            }
        }
    }

    private void stop(Subscription subscription, Conversation conversation) {
        subscription.stop();
        open.remove(subscription);
        watch.endAll(subscription);
        protocol.stopHearing(conversation);
    }

    /** The part of the filter that there is something to tell about. */
    private Future<JsonObject> honoured(JsonObject filter, JsonObject capabilities, Conversation conversation) {
        JsonObject honoured = new JsonObject();
        for (ListKind kind : ListKind.values()) {
            JsonObject capability = Members.object(capabilities, kind.capability());
            if (Members.flag(filter, kind.filter()) && Members.flag(capability, "listChanged")) {
                honoured.put(kind.filter(), true);
            }
        }
        List<Future<String>> subscribed = new ArrayList<>();
        for (Object uri : Members.array(filter, RESOURCES)) {
            subscribed.add(subscribe((String) uri, conversation));
        }
        return Future.join(subscribed).map(all -> {
            JsonArray uris = new JsonArray();
            all.<String>list().stream().filter(uri -> uri != null).forEach(uris::add);
            return uris.isEmpty() ? honoured : honoured.put(RESOURCES, uris);
        });
    }

    /** The URI if its changes can be told; documents are watched when the stream begins, the rest is for the extension. */
    private Future<String> subscribe(String uri, Conversation conversation) {
        if (ResourceWatch.watches(uri)) {
            return Future.succeededFuture(uri);
        }
        boolean[] known = {false};
        return protocol.handle(
                        new JsonObject()
                                .put("jsonrpc", "2.0")
                                .put("id", 1)
                                .put("method", "resources/subscribe")
                                .put("params", new JsonObject().put("uri", uri)),
                        conversation,
                        said -> known[0] = said.containsKey("result"),
                        Optional.empty())
                .map(nothing -> known[0] ? uri : null);
    }
}
