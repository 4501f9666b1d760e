package io.mcpserver.tool.dropin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ClientFeature;
import io.mcpserver.tool.LogLevel;
import io.mcpserver.tool.Question;
import io.mcpserver.tool.ToolCall;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.api.Caller;
import io.mcpserver.tool.api.ToolContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A call as the author of its tool sees it. */
final class CallContext implements ToolContext {

    private static final String ANSWER = "answer";

    private final String tool;
    private final ToolCall call;
    private final AtomicLong end;
    private final AtomicInteger questions = new AtomicInteger();

    /** @param limit of the call, from now */
    CallContext(String tool, ToolCall call, Duration limit) {
        this.tool = tool;
        this.call = call;
        this.end = new AtomicLong(System.nanoTime() + limit.toNanos());
    }

    @Override
    public Caller caller() {
        ToolCaller caller = call.caller();
        return new Caller(caller.name(), caller.namespace(), caller.claims());
    }

    @Override
    public Duration timeLeft() {
        return Duration.ofNanos(Math.max(0, end.get() - System.nanoTime()));
    }

    @Override
    public void progress(double done, double total, String message) {
        call.client().progress(done, total, message);
    }

    @Override
    public void log(System.Logger.Level level, String message) {
        Optional<LogLevel> told =
                switch (level) {
                    case ALL, TRACE, DEBUG -> Optional.of(LogLevel.DEBUG);
                    case INFO -> Optional.of(LogLevel.INFO);
                    case WARNING -> Optional.of(LogLevel.WARNING);
                    case ERROR -> Optional.of(LogLevel.ERROR);
                    case OFF -> Optional.empty();
                };
        told.ifPresent(word -> call.client().log(word, tool, JsonNodeFactory.instance.textNode(message)));
    }

    @Override
    public boolean canAsk() {
        return call.client().can(ClientFeature.ELICITATION);
    }

    @Override
    public boolean confirm(String question) {
        return ask(question, JsonNodeFactory.instance.objectNode().put("type", "boolean"))
                .filter(JsonNode::isBoolean)
                .map(JsonNode::booleanValue)
                .orElse(false);
    }

    @Override
    public Optional<String> ask(String question) {
        return ask(question, JsonNodeFactory.instance.objectNode().put("type", "string"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
    }

    @Override
    public Optional<String> choose(String question, List<String> choices) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "string");
        choices.forEach(schema.putArray("enum")::add);
        return ask(question, schema).map(JsonNode::asText).filter(choices::contains);
    }

    /** The answer as it came, if the user gave one: attacker-controlled. */
    private Optional<JsonNode> ask(String question, ObjectNode answer) {
        ObjectNode form = JsonNodeFactory.instance.objectNode().put("type", "object");
        form.putObject("properties").set(ANSWER, answer);
        form.putArray("required").add(ANSWER);
        // The same at every run of the tool: a client without a session answers by this key.
        String key = "question-" + questions.incrementAndGet();
        long asked = System.nanoTime();
        try {
            ObjectNode given = call.client()
                    .ask(Map.of(key, new Question.Elicitation(question, form)))
                    .get(key);
            return Optional.ofNullable(given)
                    .filter(result -> result.path("action").asText().equals("accept"))
                    .map(result -> result.path("content").path(ANSWER))
                    .filter(value -> !value.isMissingNode());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CodedException(ErrorCode.CANCELLED, "The call was over before the user answered.");
        } finally {
            end.addAndGet(System.nanoTime() - asked);
        }
    }
}
