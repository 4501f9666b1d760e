package io.mcpserver.mcp.stdio;

import static io.mcpserver.mcp.stdio.StdioScenarios.NOTHING;
import static io.mcpserver.mcp.stdio.StdioScenarios.accepted;
import static io.mcpserver.mcp.stdio.StdioScenarios.error;
import static io.mcpserver.mcp.stdio.StdioScenarios.named;
import static io.mcpserver.mcp.stdio.StdioScenarios.result;
import static io.mcpserver.mcp.stdio.StdioScenarios.text;
import static io.mcpserver.mcp.stdio.StdioScenarios.uri;
import static io.mcpserver.mcp.testing.StatelessMessages.params;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.stdio.StdioScenarios.Scenario;
import io.mcpserver.mcp.testing.StatelessMessages;
import io.mcpserver.mcp.testing.Talk;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Revision 2026-07-28, scenario by scenario of the official suite, all without a handshake. */
final class StatelessScenarios {

    private static final UnaryOperator<JsonObject> ABLE = given -> params(given, "elicitation", "sampling", "roots");
    private static final SharedScenarios SHARED = new SharedScenarios(false, ABLE);
    private static final String ASKING = "test_input_required_result_";
    private static final JsonObject MODEL_SAYS =
            new JsonObject().put("content", new JsonObject().put("text", "Lisbon"));
    private static final JsonObject ROOTS =
            new JsonObject().put("roots", new JsonArray().add(new JsonObject().put("uri", "file:///a")));

    private StatelessScenarios() {}

    static Stream<Scenario> all() {
        return Stream.concat(
                Stream.of(
                        SHARED.scenario("server-stateless-discover", StatelessScenarios::discover),
                        SHARED.scenario("server-stateless-meta", StatelessScenarios::meta),
                        SHARED.scenario("server-stateless-revision", StatelessScenarios::revision),
                        SHARED.scenario("server-stateless-removed-methods", StatelessScenarios::removed),
                        SHARED.scenario("server-stateless-capability", StatelessScenarios::capability),
                        SHARED.scenario("server-stateless-logging", StatelessScenarios::logging),
                        SHARED.scenario("server-stateless-subscriptions", StatelessScenarios::subscriptions),
                        SHARED.scenario("sep-2164-resource-not-found", StatelessScenarios::notFound),
                        SHARED.scenario("caching", StatelessScenarios::caching),
                        asks("basic-elicitation", "elicitation", "user_name", accepted("name", "Ann"), "Hello, Ann!"),
                        asks("basic-sampling", "sampling", "capital_question", MODEL_SAYS, "The model says: Lisbon"),
                        asks("basic-list-roots", "list_roots", "client_roots", ROOTS, "Roots: file:///a"),
                        asks("request-state", "request_state", "confirm", accepted("ok", true), "state-ok: true"),
                        SHARED.scenario(
                                "input-required-result-multiple-input-requests", StatelessScenarios::severalQuestions),
                        SHARED.scenario("input-required-result-multi-round", StatelessScenarios::rounds),
                        SHARED.scenario("input-required-result-missing-input-response", StatelessScenarios::missing),
                        SHARED.scenario("input-required-result-non-tool-request", StatelessScenarios::prompt),
                        SHARED.scenario("input-required-result-tampered-state", StatelessScenarios::tampered),
                        SHARED.scenario("input-required-result-capability-check", StatelessScenarios::onlyWhatItCan),
                        SHARED.scenario("input-required-result-ignore-extra-params", StatelessScenarios::extra),
                        SHARED.scenario("input-required-result-validate-input", StatelessScenarios::invalid)),
                SHARED.all());
    }

    private static void discover(Talk talk) {
        JsonObject result = result(talk.ask("server/discover", ABLE.apply(NOTHING)));
        assertThat(result.getJsonArray("supportedVersions")).contains("2026-07-28", "2025-11-25");
        assertThat(result.getJsonObject("capabilities").fieldNames()).contains("tools", "resources", "prompts");
    }

    private static void meta(Talk talk) {
        for (String required : new String[] {StatelessMessages.REVISION_NAME, StatelessMessages.CAPABILITIES_NAME}) {
            JsonObject params = ABLE.apply(NOTHING);
            params.getJsonObject("_meta").remove(required);
            JsonObject error = error(talk.ask("server/discover", params));
            assertThat(error.getInteger("code")).isEqualTo(-32602);
            assertThat(error.getString("message")).contains(required);
        }
        assertThat(error(talk.ask("server/discover", NOTHING)).getInteger("code"))
                .isEqualTo(-32602);
    }

    private static void revision(Talk talk) {
        JsonObject params = ABLE.apply(NOTHING);
        params.getJsonObject("_meta").put(StatelessMessages.REVISION_NAME, "2099-01-01");
        JsonObject error = error(talk.ask("tools/list", params));
        assertThat(error.getInteger("code")).isEqualTo(-32022);
        assertThat(error.getJsonObject("data").getJsonArray("supported")).contains("2026-07-28");
        assertThat(error.getJsonObject("data").getString("requested")).isEqualTo("2099-01-01");
    }

    private static void removed(Talk talk) {
        for (String method : new String[] {
            "initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe", "no/such"
        }) {
            assertThat(error(talk.ask(method, ABLE.apply(NOTHING))).getInteger("code"))
                    .as(method)
                    .isEqualTo(-32601);
        }
    }

    private static void capability(Talk talk) {
        JsonObject call = named("test_missing_capability").put("arguments", NOTHING);
        JsonObject error = error(talk.ask("tools/call", params(call)));
        assertThat(error.getInteger("code")).isEqualTo(-32021);
        assertThat(error.getJsonObject("data")
                        .getJsonObject("requiredCapabilities")
                        .fieldNames())
                .containsExactly("sampling");
        assertThat(text(talk.ask("tools/call", params(call, "sampling")))).isEqualTo("The client has a model");
    }

    private static void logging(Talk talk) {
        JsonObject call = ABLE.apply(named("test_logging_tool").put("arguments", NOTHING));
        talk.ask("tools/call", call);
        assertThat(talk.hasHeard("notifications/message")).isFalse();

        call.getJsonObject("_meta").put(StatelessMessages.LOG_LEVEL_NAME, "error");
        talk.ask("tools/call", call);
        assertThat(talk.hasHeard("notifications/message")).isFalse();

        call.getJsonObject("_meta").put(StatelessMessages.LOG_LEVEL_NAME, "info");
        int id = talk.begin("tools/call", call);
        for (int line = 0; line < 3; line++) {
            talk.told("notifications/message");
        }
        talk.answer(id);
    }

    private static void subscriptions(Talk talk) {
        int id = talk.begin(
                "subscriptions/listen",
                ABLE.apply(new JsonObject().put("notifications", new JsonObject().put("toolsListChanged", true))));
        talk.told("notifications/subscriptions/acknowledged");
        SHARED.call(talk, "test_trigger_tool_change");
        JsonObject changed = talk.take(message -> "notifications/tools/list_changed".equals(message.getString("method"))
                && message.containsKey("params")
                && message.getJsonObject("params").containsKey("_meta"));
        assertThat(changed.getJsonObject("params")
                        .getJsonObject("_meta")
                        .getInteger(StatelessMessages.SUBSCRIPTION_NAME))
                .isEqualTo(id);
        talk.cancel(id);
        assertThat(talk.ask("tools/list", ABLE.apply(NOTHING)).containsKey("result"))
                .isTrue();
    }

    private static void notFound(Talk talk) {
        JsonObject error = error(talk.ask("resources/read", ABLE.apply(uri("test://nothing"))));
        assertThat(error.getInteger("code")).isEqualTo(-32602);
        assertThat(error.getJsonObject("data")).isEqualTo(uri("test://nothing"));
    }

    private static void caching(Talk talk) {
        for (String method : new String[] {
            "server/discover", "tools/list", "prompts/list", "resources/list", "resources/templates/list"
        }) {
            JsonObject result = result(talk.ask(method, ABLE.apply(NOTHING)));
            assertThat(result.getInteger("ttlMs")).as(method).isPositive();
            assertThat(result.getString("cacheScope")).as(method).isEqualTo("public");
        }
        JsonObject read = result(talk.ask("resources/read", ABLE.apply(uri("test://static-text"))));
        assertThat(read.getInteger("ttlMs")).isZero();
        assertThat(read.getString("cacheScope")).isEqualTo("private");
    }

    private static Scenario asks(String name, String tool, String key, JsonObject answer, String text) {
        return SHARED.scenario("input-required-result-" + name, talk -> {
            JsonObject asked = asked(talk, tool);
            assertThat(asked.getJsonObject("inputRequests").fieldNames()).containsExactly(key);
            assertThat(text(again(talk, tool, asked, new JsonObject().put(key, answer))))
                    .isEqualTo(text);
        });
    }

    private static JsonObject asked(Talk talk, String tool) {
        return asked(SHARED.call(talk, ASKING + tool));
    }

    private static JsonObject asked(JsonObject answer) {
        JsonObject result = result(answer);
        assertThat(result.getString("resultType")).isEqualTo("input_required");
        assertThat(result.getString("requestState")).isNotBlank();
        return result;
    }

    private static JsonObject again(Talk talk, String tool, JsonObject asked, JsonObject answers) {
        return talk.ask(
                "tools/call",
                ABLE.apply(named(ASKING + tool).put("arguments", NOTHING))
                        .put("inputResponses", answers)
                        .put("requestState", asked.getString("requestState")));
    }

    private static void severalQuestions(Talk talk) {
        JsonObject asked = asked(talk, "multiple_inputs");
        assertThat(asked.getJsonObject("inputRequests").fieldNames())
                .containsExactlyInAnyOrder("user_name", "greeting", "client_roots");
        JsonObject answers = new JsonObject()
                .put("user_name", accepted("name", "Ann"))
                .put("greeting", MODEL_SAYS)
                .put("client_roots", ROOTS);
        assertThat(text(again(talk, "multiple_inputs", asked, answers))).isEqualTo("Ann: Lisbon, roots: file:///a");
    }

    private static void rounds(Talk talk) {
        JsonObject first = asked(talk, "multi_round");
        JsonObject second =
                asked(again(talk, "multi_round", first, new JsonObject().put("step1", accepted("name", "Ann"))));
        assertThat(second.getString("requestState")).isNotEqualTo(first.getString("requestState"));
        assertThat(text(again(talk, "multi_round", second, new JsonObject().put("step2", accepted("color", "red")))))
                .isEqualTo("Ann likes red");
    }

    private static void missing(Talk talk) {
        JsonObject asked = asked(talk, "elicitation");
        asked(again(talk, "elicitation", asked, new JsonObject().put("wrong_key", accepted("name", "Ann"))));
    }

    private static void prompt(Talk talk) {
        JsonObject get = ABLE.apply(named("test_input_required_result_prompt"));
        JsonObject asked = asked(talk.ask("prompts/get", get));
        JsonObject answer = talk.ask(
                "prompts/get",
                get.copy()
                        .put("inputResponses", new JsonObject().put("user_context", accepted("context", "tests")))
                        .put("requestState", asked.getString("requestState")));
        assertThat(StdioScenarios.message(answer, 0).getString("text")).isEqualTo("Context: tests");
        assertThat(result(answer).getString("resultType")).isEqualTo("complete");
    }

    private static void tampered(Talk talk) {
        JsonObject asked = asked(talk, "tampered_state");
        JsonObject altered = asked.copy().put("requestState", asked.getString("requestState") + "A");
        JsonObject answers = new JsonObject().put("confirm", accepted("ok", true));
        assertThat(error(again(talk, "tampered_state", altered, answers)).getInteger("code"))
                .isEqualTo(-32602);
    }

    private static void onlyWhatItCan(Talk talk) {
        JsonObject call = named(ASKING + "capabilities").put("arguments", NOTHING);
        assertThat(asked(talk.ask("tools/call", params(call, "sampling")))
                        .getJsonObject("inputRequests")
                        .fieldNames())
                .containsExactly("greeting");
    }

    private static void extra(Talk talk) {
        JsonObject asked = asked(talk, "elicitation");
        JsonObject answers =
                new JsonObject().put("user_name", accepted("name", "Ann")).put("extra", new JsonObject().put("a", 1));
        assertThat(text(again(talk, "elicitation", asked, answers))).isEqualTo("Hello, Ann!");
    }

    private static void invalid(Talk talk) {
        JsonObject asked = asked(talk, "elicitation");
        JsonObject params = ABLE.apply(named(ASKING + "elicitation").put("arguments", NOTHING))
                .put("requestState", asked.getString("requestState"));
        for (Object wrong : new Object[] {"text", 7, new JsonArray()}) {
            assertThat(error(talk.ask("tools/call", params.copy().put("inputResponses", wrong)))
                            .getInteger("code"))
                    .isEqualTo(-32602);
        }
    }
}
