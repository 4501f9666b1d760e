package io.mcpserver.mcp.testing;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Map;

/** Requests of the revision without sessions, and their way over HTTP with all headers. */
public final class StatelessMessages {

    public static final String REVISION = "2026-07-28";
    public static final String REVISION_NAME = "io.modelcontextprotocol/protocolVersion";
    public static final String CAPABILITIES_NAME = "io.modelcontextprotocol/clientCapabilities";
    public static final String LOG_LEVEL_NAME = "io.modelcontextprotocol/logLevel";
    public static final String SUBSCRIPTION_NAME = "io.modelcontextprotocol/subscriptionId";

    private static final Map<String, String> NAMED =
            Map.of("tools/call", "name", "prompts/get", "name", "resources/read", "uri");

    private StatelessMessages() {}

    /** The {@code _meta} of a client that can do these things. */
    public static JsonObject meta(String... capabilities) {
        JsonObject can = new JsonObject();
        for (String capability : capabilities) {
            can.put(capability, new JsonObject());
        }
        return new JsonObject().put(REVISION_NAME, REVISION).put(CAPABILITIES_NAME, can);
    }

    /** Parameters with the {@code _meta} of a client that can do these things. */
    public static JsonObject params(JsonObject params, String... capabilities) {
        return params.copy().put("_meta", meta(capabilities));
    }

    public static JsonObject request(Object id, String method, JsonObject params, String... capabilities) {
        return new JsonObject(McpMessages.request(id, method, params(params, capabilities)));
    }

    /** The parameters of a call by a client that can do these things. */
    public static JsonObject toCall(String tool, JsonObject arguments, String... capabilities) {
        return params(new JsonObject().put("name", tool).put("arguments", arguments), capabilities);
    }

    public static JsonObject call(Object id, String tool, JsonObject arguments, String... capabilities) {
        return new JsonObject(McpMessages.request(id, "tools/call", toCall(tool, arguments, capabilities)));
    }

    /** A POST of the message, with the headers that its body demands. */
    public static RawHttp post(URI server, JsonObject message) {
        return post(server, "/mcp", message);
    }

    /** The same to a path. */
    public static RawHttp post(URI server, String path, JsonObject message) {
        return post(server, path, message, null, null);
    }

    static RawHttp post(URI server, JsonObject message, String key, String session) {
        return post(server, "/mcp", message, key, session);
    }

    private static RawHttp post(URI server, String path, JsonObject message, String key, String session) {
        RawHttp post = RawHttp.post(server, path, message.encode())
                .header("Authorization", key)
                .header("Mcp-Session-Id", session);
        if (message.getValue("params") instanceof JsonObject params
                && params.getValue("_meta") instanceof JsonObject meta
                && meta.getValue(REVISION_NAME) instanceof String revision) {
            String method = message.getString("method");
            post.header("MCP-Protocol-Version", revision).header("Mcp-Method", method);
            if (NAMED.containsKey(method)) {
                post.header("Mcp-Name", String.valueOf(params.getValue(NAMED.get(method))));
            }
        }
        return post;
    }
}
