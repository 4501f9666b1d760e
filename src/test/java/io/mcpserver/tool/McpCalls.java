package io.mcpserver.tool;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A client over Streamable HTTP that sees answers as they are on the wire. */
final class McpCalls {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String session;

    McpCalls() {
        Response answer = post(
                null,
                "initialize",
                "{\"protocolVersion\": \"2025-11-25\", \"capabilities\": {}, \"clientInfo\": {\"name\": \"t\","
                        + " \"version\": \"0\"}}");
        session = answer.header("Mcp-Session-Id");
        given().contentType("application/json")
                .accept("application/json, text/event-stream")
                .header("Mcp-Session-Id", session)
                .body("{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}")
                .post("/mcp");
    }

    /** The answer to any request: its result, or its error. */
    JsonNode ask(String method, String params) {
        JsonNode answer = json(post(session, method, params).asString());
        return answer.has("error") ? answer.path("error") : answer.path("result");
    }

    /** The result of a tool as the protocol has it. */
    JsonNode call(String tool, String arguments) {
        return ask("tools/call", "{\"name\": \"%s\", \"arguments\": %s}".formatted(tool, quotes(arguments)));
    }

    /** The structured result of a call that succeeds, which its text repeats. */
    ObjectNode result(String tool, String arguments) {
        JsonNode result = call(tool, arguments);
        if (result.path("isError").asBoolean() || !result.path("structuredContent").isObject()) {
            throw new AssertionError("The call failed: " + result);
        }
        return (ObjectNode) result.path("structuredContent");
    }

    /** The error of a call that fails. */
    JsonNode error(String tool, String arguments) {
        JsonNode result = call(tool, arguments);
        if (!result.path("isError").asBoolean()) {
            throw new AssertionError("The call did not fail: " + result);
        }
        return result.path("structuredContent").path("error");
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Response post(String session, String method, String params) {
        var request = given().contentType("application/json").accept("application/json, text/event-stream");
        if (session != null) {
            request = request.header("Mcp-Session-Id", session);
        }
        return request.body("{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"%s\", \"params\": %s}"
                        .formatted(method, quotes(params)))
                .post("/mcp");
    }

    /** Arguments are easier to read with single quotes. */
    private static String quotes(String json) {
        return json.indexOf('"') < 0 ? json.replace('\'', '"') : json;
    }
}
