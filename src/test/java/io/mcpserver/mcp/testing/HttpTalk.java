package io.mcpserver.mcp.testing;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A talk over Streamable HTTP: each message is a POST of its own, and what comes back on all of them is heard. */
public final class HttpTalk extends Talk {

    private final URI server;
    private final String key;
    private final Map<Object, OpenPost> posts = new ConcurrentHashMap<>();
    private volatile String session;
    private volatile OpenPost stream;

    private HttpTalk(URI server, String key) {
        this.server = server;
        this.key = key;
    }

    /** A talk that has begun a session; {@code key} may be {@code null}. */
    public static HttpTalk inSession(URI server, String key, JsonObject capabilities) {
        HttpTalk talk = new HttpTalk(server, key);
        talk.initialize(capabilities);
        return talk;
    }

    /** A talk without any session; {@code key} may be {@code null}. */
    public static HttpTalk stateless(URI server, String key) {
        return new HttpTalk(server, key);
    }

    /** Goes on with a session that was begun elsewhere. */
    public static HttpTalk resuming(URI server, String key, String session) {
        HttpTalk talk = new HttpTalk(server, key);
        talk.session = session;
        return talk;
    }

    public String session() {
        return session;
    }

    @Override
    public void say(JsonObject message) {
        OpenPost post = new OpenPost(StatelessMessages.post(server, message, key, session), this::hears);
        if (message.containsKey("method") && message.containsKey("id")) {
            posts.put(message.getValue("id"), post);
            if (message.getString("method").equals("initialize")) {
                session = post.header("Mcp-Session-Id");
            }
        } else if (post.status() != 202) {
            throw new AssertionError("Not accepted: " + post.status() + " for " + message);
        }
    }

    /** The HTTP request that brought the request with this id. */
    public OpenPost post(Object id) {
        return posts.get(id);
    }

    /** Opens the stream of the session. */
    public OpenPost listen() {
        stream = new OpenPost(
                RawHttp.get(server, "/mcp")
                        .header("Accept", "text/event-stream")
                        .header("Authorization", key)
                        .header("Mcp-Session-Id", session),
                this::hears);
        if (stream.status() != 200) {
            throw new AssertionError("No stream: " + stream.status());
        }
        return stream;
    }

    @Override
    public void close() {
        posts.values().forEach(OpenPost::close);
        if (stream != null) {
            stream.close();
        }
    }
}
