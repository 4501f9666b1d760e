package io.mcpserver.mcp.stateless;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.mcp.call.NotifiedClient;
import io.mcpserver.mcp.call.Wire;
import io.mcpserver.mcp.message.RequestMeta;
import io.mcpserver.tool.ClientFeature;
import io.mcpserver.tool.InputRequired;
import io.mcpserver.tool.LogLevel;
import io.mcpserver.tool.Question;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A client without a session, for the time of one request: it is asked in the answer, and calls again. */
final class StatelessClient extends NotifiedClient {

    private final JsonObject meta;
    private final InputRounds rounds;
    private volatile Map<String, Question> asked = Map.of();

    StatelessClient(JsonObject meta, Wire wire, InputRounds rounds) {
        super(wire);
        this.meta = meta;
        this.rounds = rounds;
    }

    InputRounds rounds() {
        return rounds;
    }

    /** What could not be answered yet. */
    Map<String, Question> asked() {
        return asked;
    }

    /** The least level of log messages that this request wants to hear of; none if it does not say. */
    Optional<LogLevel> logLevel() {
        return Optional.ofNullable(meta.getString(RequestMeta.LOG_LEVEL)).flatMap(LogLevel::of);
    }

    /** Whether this notification is one that the request wants to hear. */
    boolean wants(JsonObject notification) {
        return !"notifications/message".equals(notification.getString("method"))
                || LogLevel.of(notification.getJsonObject("params").getString("level"))
                        .filter(this::wants)
                        .isPresent();
    }

    @Override
    public boolean can(ClientFeature feature) {
        return meta.getJsonObject(RequestMeta.CLIENT_CAPABILITIES).getValue(feature.capability()) instanceof JsonObject;
    }

    @Override
    public Map<String, ObjectNode> ask(Map<String, Question> questions) {
        Map<String, ObjectNode> answers = new LinkedHashMap<>();
        Map<String, Question> open = new LinkedHashMap<>();
        questions.forEach((key, question) ->
                rounds.answer(key).ifPresentOrElse(answer -> answers.put(key, answer), () -> open.put(key, question)));
        if (open.isEmpty()) {
            return answers;
        }
        checkCanAnswer(open.values());
        asked = open;
        throw new InputRequired(open);
    }

    @Override
    protected boolean wants(LogLevel level) {
        return logLevel().filter(least -> level.compareTo(least) >= 0).isPresent();
    }

    @Override
    protected Optional<Object> progressToken() {
        return RequestMeta.progressToken(meta);
    }
}
