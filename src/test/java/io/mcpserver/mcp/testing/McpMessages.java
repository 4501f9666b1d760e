package io.mcpserver.mcp.testing;

import io.vertx.core.json.JsonObject;
import java.net.URI;

/** The messages that the tests send most. */
public final class McpMessages {

    public static final String INITIALIZE = request(
            1,
            "initialize",
            new JsonObject()
                    .put("protocolVersion", "2025-11-25")
                    .put("capabilities", new JsonObject())
                    .put("clientInfo", new JsonObject().put("name", "test").put("version", "1")));

    public static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    public static final String LIST = request(2, "tools/list", new JsonObject());

    public static final String PING = request(3, "ping", new JsonObject());

    private McpMessages() {}

    public static String request(Object id, String method, JsonObject params) {
        return new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put("method", method)
                .put("params", params)
                .encode();
    }

    public static String call(Object id, String tool, JsonObject arguments) {
        return request(id, "tools/call", new JsonObject().put("name", tool).put("arguments", arguments));
    }

    public static String echo(Object id, String text) {
        return call(id, "test_echo", new JsonObject().put("text", text));
    }

    public static String sleep(Object id, long millis) {
        return call(id, "test_sleep", new JsonObject().put("millis", millis));
    }

    /** Begins a session over Streamable HTTP. */
    public static String beginSession(URI server) {
        String session = RawHttp.post(server, "/mcp", INITIALIZE).send().header("Mcp-Session-Id");
        RawHttp.post(server, "/mcp", INITIALIZED)
                .header("Mcp-Session-Id", session)
                .send();
        return session;
    }
}
