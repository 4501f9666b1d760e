package io.mcpserver.mcp.stdio;

import static io.mcpserver.mcp.stdio.StdioScenarios.NOTHING;
import static io.mcpserver.mcp.stdio.StdioScenarios.accepted;
import static io.mcpserver.mcp.stdio.StdioScenarios.error;
import static io.mcpserver.mcp.stdio.StdioScenarios.result;
import static io.mcpserver.mcp.stdio.StdioScenarios.text;
import static io.mcpserver.mcp.stdio.StdioScenarios.uri;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.stdio.StdioScenarios.Scenario;
import io.mcpserver.mcp.testing.Talk;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Revision 2025-11-25, scenario by scenario of the official suite. */
final class StatefulScenarios {

    private static final SharedScenarios SHARED = new SharedScenarios(true, UnaryOperator.identity());

    private StatefulScenarios() {}

    static Stream<Scenario> all() {
        return Stream.concat(
                Stream.of(
                        new Scenario("server-initialize", false, StatefulScenarios::initialize),
                        SHARED.scenario("ping", talk -> assertThat(result(talk.ask("ping", NOTHING)))
                                .isEmpty()),
                        SHARED.scenario("logging-set-level", StatefulScenarios::level),
                        SHARED.scenario("tools-call-with-logging", StatefulScenarios::logging),
                        SHARED.scenario("tools-call-sampling", StatefulScenarios::sampling),
                        SHARED.scenario("tools-call-elicitation", StatefulScenarios::elicitation),
                        SHARED.scenario("elicitation-sep1034-defaults", StatefulScenarios::defaults),
                        SHARED.scenario("elicitation-sep1330-enums", StatefulScenarios::enums),
                        SHARED.scenario("resources-subscribe", StatefulScenarios::subscribe),
                        SHARED.scenario("resources-unsubscribe", StatefulScenarios::unsubscribe),
                        SHARED.scenario("resource-not-found", talk -> assertThat(
                                        error(talk.ask("resources/read", uri("test://nothing")))
                                                .getInteger("code"))
                                .isEqualTo(-32002))),
                SHARED.all());
    }

    private static void initialize(Talk talk) {
        JsonObject result = talk.initialize(NOTHING);
        assertThat(result.getString("protocolVersion")).isEqualTo("2025-11-25");
        assertThat(result.getJsonObject("serverInfo").getString("name")).isNotBlank();
        assertThat(result.getJsonObject("capabilities").fieldNames()).contains("tools", "resources", "prompts");
    }

    private static void level(Talk talk) {
        for (String level :
                new String[] {"debug", "notice", "warning", "error", "critical", "alert", "emergency", "info"}) {
            assertThat(result(talk.ask("logging/setLevel", new JsonObject().put("level", level))))
                    .isEmpty();
        }
        assertThat(error(talk.ask("logging/setLevel", new JsonObject().put("level", "loud")))
                        .getInteger("code"))
                .isEqualTo(-32602);
    }

    private static void logging(Talk talk) {
        for (String tool : new String[] {"test_tool_with_logging", "test_logging_tool"}) {
            talk.ask("logging/setLevel", new JsonObject().put("level", "info"));
            int id = talk.beginCall(tool, NOTHING);
            for (int line = 0; line < 3; line++) {
                assertThat(talk.told("notifications/message")
                                .getJsonObject("params")
                                .getString("level"))
                        .isEqualTo("info");
            }
            talk.answer(id);
            talk.ask("logging/setLevel", new JsonObject().put("level", "error"));
            talk.call(tool, NOTHING);
            assertThat(talk.hasHeard("notifications/message")).isFalse();
        }
    }

    private static void sampling(Talk talk) {
        int id = talk.beginCall("test_sampling", new JsonObject().put("prompt", "Who?"));
        JsonObject question = talk.told("sampling/createMessage");
        assertThat(question.getJsonObject("params").getInteger("maxTokens")).isEqualTo(100);
        talk.reply(question, new JsonObject().put("content", new JsonObject().put("text", "Me")));
        assertThat(text(talk.answer(id))).contains("Me");
    }

    private static void elicitation(Talk talk) {
        int id = talk.beginCall("test_elicitation", new JsonObject().put("message", "Who are you?"));
        JsonObject question = talk.told("elicitation/create");
        assertThat(question.getJsonObject("params").getString("message")).isEqualTo("Who are you?");
        talk.reply(question, accepted("username", "Ann"));
        assertThat(text(talk.answer(id))).contains("action=accept", "Ann");
    }

    private static void defaults(Talk talk) {
        int id = talk.beginCall("test_elicitation_sep1034_defaults", NOTHING);
        JsonObject question = talk.told("elicitation/create");
        JsonObject properties = properties(question);
        Map.of("name", "John Doe", "age", 30, "score", 95.5, "status", "active", "verified", true)
                .forEach((name, value) -> assertThat(
                                properties.getJsonObject(name).getValue("default"))
                        .isEqualTo(value));
        talk.reply(question, new JsonObject().put("action", "cancel"));
        assertThat(text(talk.answer(id))).contains("action=cancel");
    }

    private static void enums(Talk talk) {
        int id = talk.beginCall("test_elicitation_sep1330_enums", NOTHING);
        JsonObject question = talk.told("elicitation/create");
        JsonObject properties = properties(question);
        assertThat(properties.getJsonObject("untitledSingle").getJsonArray("enum"))
                .hasSize(3);
        assertThat(properties.getJsonObject("titledSingle").getJsonArray("oneOf"))
                .hasSize(3);
        assertThat(properties.getJsonObject("legacyEnum").getJsonArray("enumNames"))
                .hasSize(3);
        assertThat(properties
                        .getJsonObject("untitledMulti")
                        .getJsonObject("items")
                        .getJsonArray("enum"))
                .hasSize(3);
        assertThat(properties
                        .getJsonObject("titledMulti")
                        .getJsonObject("items")
                        .getJsonArray("anyOf"))
                .hasSize(3);
        talk.reply(question, new JsonObject().put("action", "decline"));
        assertThat(text(talk.answer(id))).contains("action=decline");
    }

    private static JsonObject properties(JsonObject question) {
        return question.getJsonObject("params").getJsonObject("requestedSchema").getJsonObject("properties");
    }

    private static void subscribe(Talk talk) {
        assertThat(result(talk.ask("resources/subscribe", uri("test://watched-resource"))))
                .isEmpty();
        assertThat(result(talk.ask("resources/subscribe", uri("storage://a/b"))))
                .isEmpty();
    }

    private static void unsubscribe(Talk talk) {
        subscribe(talk);
        assertThat(result(talk.ask("resources/unsubscribe", uri("test://watched-resource"))))
                .isEmpty();
        assertThat(result(talk.ask("resources/unsubscribe", uri("storage://a/b"))))
                .isEmpty();
    }
}
