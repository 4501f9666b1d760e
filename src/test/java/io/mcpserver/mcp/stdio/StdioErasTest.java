package io.mcpserver.mcp.stdio;

import static io.mcpserver.mcp.testing.StatelessMessages.params;
import static io.mcpserver.mcp.testing.StatelessMessages.toCall;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.Profiles;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Clients of both kinds of revision over one stdio transport, their requests among each other's. */
@QuarkusTest
@TestProfile(Profiles.Http.class)
class StdioErasTest {

    private static final JsonObject NOTHING = new JsonObject();

    private StdioTalk talk;

    @BeforeEach
    void aTalkInASession() {
        talk = new StdioTalk();
        talk.initialize(StdioScenarios.EVERYTHING);
    }

    @AfterEach
    void end() {
        talk.close();
    }

    @TestFactory
    Stream<DynamicTest> theRevisionWithSessions() {
        return StatefulScenarios.all().map(scenario -> scenario.on(new StdioTalk()));
    }

    @TestFactory
    Stream<DynamicTest> theStatelessRevision() {
        return StatelessScenarios.all().map(scenario -> scenario.on(new StdioTalk()));
    }

    @TestFactory
    Stream<DynamicTest> bothAlternatingInOneTalk() {
        return Stream.iterate(0, i -> i < StatefulScenarios.all().count(), i -> i + 1)
                .flatMap(i -> Stream.concat(
                        StatefulScenarios.all().skip(i).limit(1),
                        StatelessScenarios.all().skip(i).limit(1)))
                .filter(scenario -> !scenario.name().equals("server-initialize"))
                .map(scenario -> DynamicTest.dynamicTest(
                        scenario.name(), () -> scenario.steps().run(talk)));
    }

    @Test
    void requestsOfBothErasAreInFlightTogether() {
        int asked = talk.beginCall("test_input_required_result_elicitation", NOTHING);
        JsonObject question = talk.told("elicitation/create");
        int slow = talk.begin("tools/call", toCall("test_sleep", new JsonObject().put("millis", 300)));
        JsonObject inBetween = talk.ask("tools/call", toCall("test_echo", new JsonObject().put("text", "x")));
        assertThat(inBetween.getJsonObject("result").getString("resultType")).isEqualTo("complete");

        talk.reply(question, StdioScenarios.accepted("name", "Ann"));

        assertThat(StdioScenarios.text(talk.answer(asked))).isEqualTo("Hello, Ann!");
        assertThat(talk.answer(slow).getJsonObject("result").getString("resultType"))
                .isEqualTo("complete");
    }

    @Test
    void resultsOfASessionHaveNothingOfTheOtherEra() {
        talk.ask("tools/list", params(NOTHING));

        JsonObject result = talk.ask("tools/list", NOTHING).getJsonObject("result");

        assertThat(result.fieldNames()).doesNotContain("resultType", "ttlMs", "cacheScope", "_meta");
    }

    @Test
    void bothErasHearOfChangesEachInItsOwnWords() {
        talk.ask("resources/subscribe", new JsonObject().put("uri", "storage://eras/a"));
        int listening = talk.begin(
                "subscriptions/listen",
                params(new JsonObject().put("notifications", new JsonObject().put("promptsListChanged", true))));
        talk.told("notifications/subscriptions/acknowledged");

        talk.call("test_trigger_prompt_change", NOTHING);

        talk.take(message -> isPromptChange(message) && subscription(message) == null);
        assertThat(subscription(talk.take(message -> isPromptChange(message) && subscription(message) != null)))
                .isEqualTo(listening);
    }

    @Test
    void theStatelessRevisionNeedsNoHandshakeAndLeavesNone() {
        try (StdioTalk fresh = new StdioTalk()) {
            assertThat(fresh.ask("server/discover", params(NOTHING)).containsKey("result"))
                    .isTrue();
            assertThat(fresh.ask("tools/list", params(NOTHING)).containsKey("result"))
                    .isTrue();
            assertThat(fresh.initialize(NOTHING).getString("protocolVersion")).isEqualTo("2025-11-25");
            assertThat(fresh.ask("tools/list", params(NOTHING)).containsKey("result"))
                    .isTrue();
        }
    }

    @Test
    void badLinesAreAnsweredAndReadingGoesOnWhileAStreamIsOpen() {
        talk.begin("subscriptions/listen", params(new JsonObject().put("notifications", NOTHING)));
        talk.told("notifications/subscriptions/acknowledged");

        talk.line("nonsense");
        talk.line("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"subscriptions/listen\",\"params\":[]}");

        assertThat(talk.take(message -> message.getValue("id") == null && message.containsKey("error"))
                        .getJsonObject("error")
                        .getInteger("code"))
                .isEqualTo(-32700);
        assertThat(talk.answer(5).getJsonObject("error").getInteger("code")).isEqualTo(-32602);
        assertThat(talk.ask("ping", NOTHING).containsKey("result")).isTrue();
    }

    @Test
    void membersThatAreNullAreAnsweredInBothEras() {
        for (String params : new String[] {
            "null",
            "{}",
            "{\"_meta\":null}",
            "{\"name\":null}",
            "{\"name\":\"test_echo\",\"arguments\":null}",
            "{\"name\":\"test_simple_text\",\"arguments\":null,\"_meta\":null}",
            "{\"name\":\"test_simple_text\",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":null}}",
            "{\"name\":\"test_simple_text\",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                    + "\"io.modelcontextprotocol/clientCapabilities\":null}}"
        }) {
            for (String method : new String[] {"tools/call", "tools/list", "server/discover", "ping"}) {
                talk.line("{\"jsonrpc\":\"2.0\",\"id\":\"n\",\"method\":\"" + method + "\",\"params\":" + params + "}");

                JsonObject answer = talk.answer("n");
                assertThat(answer.encode()).as(method + params).doesNotContain("-32603", "INTERNAL");
            }
        }
    }

    private static boolean isPromptChange(JsonObject message) {
        return "notifications/prompts/list_changed".equals(message.getString("method"));
    }

    private static Object subscription(JsonObject message) {
        return message.getValue("params") instanceof JsonObject params
                        && params.getValue("_meta") instanceof JsonObject meta
                ? meta.getValue("io.modelcontextprotocol/subscriptionId")
                : null;
    }
}
