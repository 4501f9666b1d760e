package io.mcpserver.mcp.message;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The names in {@code _meta} by which a request of a stateless revision says all that a session would know. */
public final class RequestMeta {

    public static final String REVISION = "io.modelcontextprotocol/protocolVersion";
    public static final String CLIENT_INFO = "io.modelcontextprotocol/clientInfo";
    public static final String CLIENT_CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
    public static final String LOG_LEVEL = "io.modelcontextprotocol/logLevel";
    public static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";
    public static final String SUBSCRIPTION_ID = "io.modelcontextprotocol/subscriptionId";
    private static final String PROGRESS_TOKEN = "progressToken";

    private RequestMeta() {}

    /** The {@code _meta} of a message that was read. */
    public static Optional<JsonObject> of(JsonObject message) {
        return message.getValue("params") instanceof JsonObject params
                ? Optional.ofNullable(params.getJsonObject("_meta"))
                : Optional.empty();
    }

    /** Whether a message speaks a stateless revision: it names its revision itself. */
    public static boolean saysRevision(JsonObject message) {
        return message.getValue("params") instanceof JsonObject params && isStateless(params);
    }

    /** Under what a request wants to hear of its progress; empty if it does not, or not in a way that can be named. */
    public static Optional<Object> progressToken(JsonObject meta) {
        return Optional.ofNullable(meta.getValue(PROGRESS_TOKEN))
                .filter(token -> token instanceof String || token instanceof Number);
    }

    static boolean isStateless(JsonObject params) {
        return params.getValue("_meta") instanceof JsonObject meta && meta.containsKey(REVISION);
    }
}
