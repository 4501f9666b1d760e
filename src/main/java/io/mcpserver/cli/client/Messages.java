package io.mcpserver.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.ProgramVersion;
import java.util.Optional;

/** Messages of the protocol, as they are written and read here. */
public final class Messages {

    /** The revision that knows no sessions. */
    static final String STATELESS = "2026-07-28";

    /** The newest one with sessions. */
    static final String STATEFUL = "2025-11-25";

    private static final String META = "_meta";
    private static final String PREFIX = "io.modelcontextprotocol/";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Messages() {}

    /** A new and empty object. */
    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** One JSON text, whose numbers lose no digit; empty if it is none. */
    public static Optional<JsonNode> read(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text)).filter(node -> !node.isMissingNode());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    static ObjectNode request(long id, String method, ObjectNode params) {
        ObjectNode message = object().put("jsonrpc", "2.0").put("id", id).put("method", method);
        message.set("params", params);
        return message;
    }

    static ObjectNode notification(String method, ObjectNode params) {
        ObjectNode message = object().put("jsonrpc", "2.0").put("method", method);
        message.set("params", params);
        return message;
    }

    /** The parameters with what a request says of itself that stands alone; progress is asked for. */
    static ObjectNode alone(long id, ObjectNode params) {
        ObjectNode all = progress(id, params);
        ObjectNode meta = (ObjectNode) all.get(META);
        meta.put(PREFIX + "protocolVersion", STATELESS);
        meta.putObject(PREFIX + "clientCapabilities");
        meta.set(PREFIX + "clientInfo", self());
        return all;
    }

    /** The parameters with the wish to hear of progress. */
    static ObjectNode progress(long id, ObjectNode params) {
        ObjectNode all = params.deepCopy();
        all.putObject(META).put("progressToken", id);
        return all;
    }

    static ObjectNode initialize() {
        ObjectNode params = object().put("protocolVersion", STATEFUL);
        params.putObject("capabilities");
        params.set("clientInfo", self());
        return params;
    }

    private static ObjectNode self() {
        return object().put("name", "mcp-server call").put("version", ProgramVersion.get());
    }

    /** Whether a message answers the request of that id. */
    static boolean answers(JsonNode message, long id) {
        return !message.has("method")
                && (message.path("id").asLong(-1) == id
                        || message.has("error") && message.path("id").isNull());
    }

    /** The result that an answer brings. */
    static ObjectNode result(JsonNode answer) {
        JsonNode error = answer.get("error");
        if (error != null) {
            throw new RefusedException(
                    error.path("code").asInt(), error.path("message").asText("The server gave no reason."));
        }
        if (answer.get("result") instanceof ObjectNode result) {
            return result;
        }
        throw new LineException("The server answered with something that is no message of the protocol.");
    }
}
