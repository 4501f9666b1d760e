package io.mcpserver.mcp.message;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.mcpserver.mcp.message.Incoming.Notification;
import io.mcpserver.mcp.message.Incoming.Refused;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.Incoming.Response;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads what a client sent and says what it is. Whatever comes, the answer is an {@link Incoming}:
 * nothing is thrown, and nothing that is passed on can trip the handlers behind.
 */
public final class MessageReader {

    private MessageReader() {}

    /** @param text one JSON text in UTF-8 */
    public static Incoming read(byte[] text) {
        Object value;
        try {
            value = JsonTree.read(text);
        } catch (StreamConstraintsException e) {
            return new Refused(
                    null,
                    JsonRpcError.INVALID_REQUEST,
                    "The message exceeds a limit of this server: " + "at most " + JsonTree.MAX_DEPTH
                            + " levels of nesting and strings of 20 million characters.");
        } catch (IOException e) {
            return new Refused(null, JsonRpcError.PARSE_ERROR, "The message is no valid JSON text in UTF-8.");
        }
        return switch (value) {
            case JsonObject message -> classify(message);
            case JsonArray batch ->
                new Refused(
                        null, JsonRpcError.INVALID_REQUEST, "Batches are not supported: send one message at a time.");
            case null, default ->
                new Refused(null, JsonRpcError.INVALID_REQUEST, "A message is a JSON object, not a bare value.");
        };
    }

    private static Incoming classify(JsonObject message) {
        Object id = message.getValue("id");
        boolean usableId = id instanceof String || id instanceof Number;
        Object echo = usableId ? id : null;
        if (!"2.0".equals(message.getValue("jsonrpc"))) {
            return new Refused(echo, JsonRpcError.INVALID_REQUEST, "The member jsonrpc must be the string \"2.0\".");
        }
        if (message.containsKey("result") || message.containsKey("error")) {
            return response(message, id, usableId);
        }
        if (!(message.getValue("method") instanceof String method)) {
            return new Refused(echo, JsonRpcError.INVALID_REQUEST, "The member method must be a string.");
        }
        if (message.containsKey("id") && !usableId) {
            return new Refused(null, JsonRpcError.INVALID_REQUEST, "The member id must be a string or a number.");
        }
        boolean notification = method.startsWith("notifications/");
        if (notification == usableId) {
            return new Refused(
                    echo,
                    JsonRpcError.INVALID_REQUEST,
                    notification
                            ? "A notification has no member id."
                            : "The member id is missing: a request needs one, a string or a number.");
        }
        Optional<String> fault = ParamsShape.fault(method, message.getValue("params"));
        if (fault.isPresent()) {
            return new Refused(echo, JsonRpcError.INVALID_PARAMS, fault.get());
        }
        return usableId ? new Request(message, id, method) : new Notification(message, method);
    }

    private static Incoming response(JsonObject message, Object id, boolean usableId) {
        if (message.containsKey("method") || (message.containsKey("result") && message.containsKey("error"))) {
            return new Refused(
                    null, JsonRpcError.INVALID_REQUEST, "A message has one of method, result and error, not several.");
        }
        if (id != null && !usableId) {
            return new Refused(null, JsonRpcError.INVALID_REQUEST, "The member id must be a string or a number.");
        }
        String member = message.containsKey("result") ? "result" : "error";
        if (!(message.getValue(member) instanceof JsonObject)) {
            return new Refused(null, JsonRpcError.INVALID_REQUEST, "The member " + member + " must be an object.");
        }
        return new Response(message, id);
    }
}
