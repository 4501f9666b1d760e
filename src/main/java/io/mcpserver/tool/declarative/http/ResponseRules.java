package io.mcpserver.tool.declarative.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.declarative.KindBody;
import io.mcpserver.tool.declarative.http.client.Answer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What an answer becomes.
 *
 * @param ok statuses of a success; without any, 200 to 299
 * @param emptyOn statuses that mean that there is nothing
 * @param empty the result where there is nothing
 */
record ResponseRules(
        Format format, ResultPaths paths, Set<Integer> ok, Set<Integer> emptyOn, Optional<ObjectNode> empty) {

    enum Format {
        JSON,
        TEXT,
        AUTO
    }

    /** Empty where {@code body} was told of a fault. */
    static Optional<ResponseRules> read(KindBody body) {
        JsonNode json = body.json().path("response");
        Format format = Format.valueOf(json.path("format").asText("json").toUpperCase(java.util.Locale.ROOT));
        if (format == Format.TEXT && json.has("result")) {
            body.fault("/response/result", "needs format: json; a text has no paths");
        }
        Optional<ObjectNode> empty =
                json.path("empty") instanceof ObjectNode given ? Optional.of(given) : Optional.empty();
        return ResultPaths.read(body)
                .map(paths ->
                        new ResponseRules(format, paths, statuses(json, "ok"), statuses(json, "empty_on"), empty));
    }

    private static Set<Integer> statuses(JsonNode json, String name) {
        Set<Integer> statuses = new HashSet<>();
        json.path(name).forEach(status -> statuses.add(status.asInt()));
        return Set.copyOf(statuses);
    }

    /** Statuses that are an answer though they could be followed. */
    Set<Integer> wanted() {
        Set<Integer> wanted = new HashSet<>(ok);
        wanted.addAll(emptyOn);
        return wanted;
    }

    boolean isSuccess(int status) {
        return emptyOn.contains(status) || (ok.isEmpty() ? status >= 200 && status < 300 : ok.contains(status));
    }

    /**
     * The result of an answer that is a success.
     *
     * @throws CodedException {@code UNSUPPORTED} if it is not what the tool expects
     */
    ToolResult result(Answer answer) {
        AnswerText body = new AnswerText(answer);
        if (emptyOn.contains(answer.status())) {
            return nothing();
        }
        boolean text =
                format == Format.TEXT || (format == Format.AUTO && !body.type().isJson());
        if (text) {
            String words = body.text();
            return ToolResult.of(JsonNodeFactory.instance.objectNode().put("text", words), words);
        }
        if (body.isEmpty()) {
            return nothing();
        }
        return paths.of(body.json())
                .map(found -> ToolResult.of(object(found)))
                .or(() -> empty.map(ToolResult::of))
                .orElseThrow(() -> new CodedException(
                        ErrorCode.UNSUPPORTED,
                        answer.server() + " answered without what the tool looks for (response.result)."));
    }

    private ToolResult nothing() {
        return ToolResult.of(empty.orElseGet(JsonNodeFactory.instance::objectNode));
    }

    /** A result is an object: a list becomes its items, anything else a value. */
    private static ObjectNode object(JsonNode found) {
        return switch (found) {
            case ObjectNode object -> object;
            case JsonNode list
            when list.isArray() -> JsonNodeFactory.instance.objectNode().set("items", list);
            default -> JsonNodeFactory.instance.objectNode().set("value", found);
        };
    }
}
