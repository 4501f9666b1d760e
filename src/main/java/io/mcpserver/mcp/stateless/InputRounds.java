package io.mcpserver.mcp.stateless;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.Members;
import io.mcpserver.tool.Question;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The rounds in which one request is asked, answered and repeated: the answers of earlier rounds come back in the sealed
 * {@code requestState}, those of the last in {@code inputResponses}. Members that nobody asked for are ignored.
 */
final class InputRounds {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RequestStates states;
    private final Request request;
    private final String caller;
    private final JsonObject answers;
    /** Those that were looked at, which is what the next round has to bring back. */
    private final JsonObject used = new JsonObject();

    private InputRounds(RequestStates states, Request request, String caller, JsonObject answers) {
        this.states = states;
        this.request = request;
        this.caller = caller;
        this.answers = answers;
    }

    /** Empty if the request brings a state that is not one for it. */
    static Optional<InputRounds> of(RequestStates states, Request request, String caller) {
        JsonObject params = request.json().getJsonObject("params");
        JsonObject answers = Members.object(params, "inputResponses");
        String state = params.getString("requestState");
        if (state == null) {
            return Optional.of(new InputRounds(states, request, caller, answers));
        }
        return states.open(state, request, caller)
                .map(earlier -> new InputRounds(states, request, caller, earlier.mergeIn(answers)));
    }

    /** The answer under a key, if it has come and is an object. */
    synchronized Optional<ObjectNode> answer(String key) {
        if (!(answers.getValue(key) instanceof JsonObject answer)) {
            return Optional.empty();
        }
        used.put(key, answer);
        try {
            return Optional.of((ObjectNode) JSON.readTree(answer.encode()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was read as JSON is JSON", e);
        }
    }

    /** The result that asks for more: the questions, and the state to bring back with their answers. */
    synchronized JsonObject inputRequired(Map<String, Question> questions) {
        Map<String, Object> requests = new LinkedHashMap<>();
        questions.forEach((key, question) -> requests.put(
                key,
                new JsonObject()
                        .put("method", question.method())
                        .put("params", new JsonObject(question.params().toString()))));
        return new JsonObject()
                .put("resultType", "input_required")
                .put("inputRequests", new JsonObject(requests))
                .put("requestState", states.seal(used, request, caller).orElseThrow(InputRounds::tooLong));
    }

    private static CodedException tooLong() {
        return new CodedException(
                ErrorCode.TOO_LARGE, "The answers to what was asked so far are too long; answer with less.");
    }
}
