package io.mcpserver.conformance;

import static io.mcpserver.conformance.SuiteJson.form;
import static io.mcpserver.conformance.SuiteJson.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.ClientFeature;
import io.mcpserver.tool.Question;
import io.mcpserver.tool.ToolCall;
import io.mcpserver.tool.ToolHandler;
import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tools with which the suite looks at questions in the answer to a call, once, several at once, and round by round. */
@Singleton
class InputRequiredTools implements ToolProvider {

    private static final Question NAME = form("Who are you?", "name", "string");

    @Override
    public List<ToolSpec> tools() {
        return List.of(
                tool("elicitation", call -> text("Hello, %s!", content(ask(call, "user_name", NAME), "name"))),
                tool(
                        "sampling",
                        call -> text(
                                "The model says: %s",
                                said(ask(
                                        call,
                                        "capital_question",
                                        model("Which city is the capital of Portugal?", 100))))),
                tool("list_roots", call -> text("Roots: %s", roots(ask(call, "client_roots", new Question.Roots())))),
                tool(
                        "request_state",
                        call -> text(
                                "state-ok: %s",
                                content(ask(call, "confirm", form("Shall it be done?", "ok", "boolean")), "ok"))),
                tool(
                        "tampered_state",
                        call -> text(
                                "Answered: %s",
                                content(ask(call, "confirm", form("Shall it be done?", "ok", "boolean")), "ok"))),
                tool("multiple_inputs", InputRequiredTools::several),
                tool("multi_round", InputRequiredTools::rounds),
                tool("capabilities", InputRequiredTools::whatTheClientCan));
    }

    private static ToolSpec tool(String name, ToolHandler handler) {
        return ToolSpec.named("test_input_required_result_" + name)
                .description("Asks before it answers")
                .blocks(handler);
    }

    private static ToolResult several(ToolCall call) throws InterruptedException {
        Map<String, Question> questions = new LinkedHashMap<>();
        questions.put("user_name", NAME);
        questions.put("greeting", model("Greet somebody.", 50));
        questions.put("client_roots", new Question.Roots());
        Map<String, ObjectNode> answers = call.client().ask(questions);
        return text(
                "%s: %s, roots: %s",
                content(answers.get("user_name"), "name"),
                said(answers.get("greeting")),
                roots(answers.get("client_roots")));
    }

    private static ToolResult rounds(ToolCall call) throws InterruptedException {
        String name = content(ask(call, "step1", form("First: who are you?", "name", "string")), "name");
        String color =
                content(ask(call, "step2", form("Then: which color do you like best?", "color", "string")), "color");
        return text("%s likes %s", name, color);
    }

    private static ToolResult whatTheClientCan(ToolCall call) throws InterruptedException {
        Map<String, Question> questions = new LinkedHashMap<>();
        if (call.client().can(ClientFeature.ELICITATION)) {
            questions.put("user_name", NAME);
        }
        if (call.client().can(ClientFeature.SAMPLING)) {
            questions.put("greeting", model("Greet somebody.", 50));
        }
        if (questions.isEmpty()) {
            return text("The client can answer nothing.");
        }
        return text("Answered: %s", call.client().ask(questions).keySet());
    }

    private static ObjectNode ask(ToolCall call, String key, Question question) throws InterruptedException {
        return call.client().ask(Map.of(key, question)).get(key);
    }

    private static String content(ObjectNode answer, String field) {
        return answer.path("content").path(field).asText();
    }

    private static String said(ObjectNode answer) {
        return answer.path("content").path("text").asText();
    }

    private static String roots(ObjectNode answer) {
        return String.join(", ", answer.path("roots").findValuesAsText("uri"));
    }

    private static ToolResult text(String format, Object... values) {
        return ToolResult.ofText(format.formatted(values));
    }
}
