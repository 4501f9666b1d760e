package io.mcpserver.mcp.stateless;

import static io.mcpserver.mcp.testing.StatelessMessages.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.HttpTalk;
import io.mcpserver.mcp.testing.Profiles;
import io.mcpserver.mcp.testing.StatelessMessages;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every result of the revision without sessions has; here where no key is demanded. */
@QuarkusTest
@TestProfile(Profiles.Http.class)
class StatelessResultsTest {

    static final String RESULTS = """
            server/discover;{};300000;%1$s
            tools/list;{};300000;%1$s
            prompts/list;{};300000;%1$s
            resources/list;{};300000;%1$s
            resources/templates/list;{};300000;%1$s
            resources/read;{'uri':'test://static-text'};0;private
            resources/read;{'uri':'test://template/7/data'};0;private
            tools/call;{'name':'test_echo','arguments':{'text':'x'}};;
            tools/call;{'name':'calculator_add','arguments':{'a':1,'b':2}};;
            tools/call;{'name':'calculator_add','arguments':{'a':'x'}};;
            tools/call;{'name':'test_error_handling','arguments':{}};;
            prompts/get;{'name':'test_simple_prompt'};;
            completion/complete;{'ref':{'type':'ref/prompt','name':'test_prompt_with_arguments'},'argument':{'name':'arg1','value':'pa'}};;
            """;

    @TestHTTPResource("/")
    URI server;

    private HttpTalk talk;

    @BeforeEach
    void aClient() {
        talk = HttpTalk.stateless(server, null);
    }

    @AfterEach
    void end() {
        talk.close();
    }

    @Test
    void everyResultSaysWhatItIsWhoGaveItAndHowLongItHolds() {
        holdFor(talk, "public");
    }

    /** Asks for every method and looks at what its result has besides its own. */
    static void holdFor(HttpTalk talk, String scope) {
        for (String line : RESULTS.formatted(scope).replace('\'', '"').lines().toList()) {
            String[] parts = line.split(";", -1);
            JsonObject result = talk.ask(parts[0], StatelessMessages.params(new JsonObject(parts[1])))
                    .getJsonObject("result");

            assertThat(result.getString("resultType")).as(line).isEqualTo("complete");
            assertThat(result.getJsonObject("_meta")
                            .getJsonObject("io.modelcontextprotocol/serverInfo")
                            .fieldNames())
                    .as(line)
                    .containsExactlyInAnyOrder("name", "version");
            assertThat(result.getInteger("ttlMs"))
                    .as(line)
                    .isEqualTo(parts[2].isEmpty() ? null : Integer.valueOf(parts[2]));
            assertThat(result.getString("cacheScope")).as(line).isEqualTo(parts[3].isEmpty() ? null : parts[3]);
        }
    }

    @Test
    void discoveryOffersEveryRevisionAndTheCapabilities() {
        JsonObject result = talk.ask("server/discover", StatelessMessages.params(new JsonObject()))
                .getJsonObject("result");

        assertThat(result.getJsonArray("supportedVersions"))
                .startsWith("2026-07-28", "2025-11-25")
                .contains("2024-11-05");
        assertThat(result.getJsonObject("capabilities").fieldNames())
                .contains("tools", "prompts", "resources", "completions", "logging");
        for (String list : List.of("tools", "prompts", "resources")) {
            assertThat(result.getJsonObject("capabilities").getJsonObject(list).getBoolean("listChanged"))
                    .as(list)
                    .isTrue();
        }
    }

    @Test
    void whatIsAskedForIsNotCachedUntilItIsComplete() {
        JsonObject asked = talk.ask(
                        "prompts/get",
                        StatelessMessages.params(
                                new JsonObject().put("name", "test_input_required_result_prompt"), "elicitation"))
                .getJsonObject("result");

        assertThat(asked.getString("resultType")).isEqualTo("input_required");
        assertThat(asked.containsKey("ttlMs")).isFalse();
        assertThat(asked.containsKey("cacheScope")).isFalse();
        assertThat(asked.getJsonObject("_meta").containsKey("io.modelcontextprotocol/serverInfo"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "tools/list,tools,name",
        "prompts/list,prompts,name",
        "resources/list,resources,uri",
        "resources/templates/list,resourceTemplates,uriTemplate"
    })
    void listsComeInTheSameOrderEveryTime(String method, String list, String name) {
        List<String> names = new ArrayList<>();
        JsonObject params = StatelessMessages.params(new JsonObject());
        talk.ask(method, params)
                .getJsonObject("result")
                .getJsonArray(list)
                .forEach(item -> names.add(((JsonObject) item).getString(name)));

        assertThat(names).isSorted().doesNotHaveDuplicates().isNotEmpty();
        assertThat(talk.ask(method, params).getJsonObject("result").getJsonArray(list))
                .extracting(item -> ((JsonObject) item).getString(name))
                .isEqualTo(names);
    }

    @ParameterizedTest
    @CsvSource({"tools/list", "prompts/list", "resources/list", "resources/templates/list"})
    void aForeignCursorIsRefused(String method) {
        JsonObject answer =
                talk.ask(method, StatelessMessages.params(new JsonObject().put("cursor", "not one of ours")));

        assertThat(answer.getJsonObject("error").getInteger("code")).isEqualTo(-32602);
    }

    @Test
    void requestsOfOneConnectionMayNameDifferentCapabilities() {
        String tool = "test_missing_capability";
        talk.say(request("without", "tools/call", toCall(tool)));
        talk.say(request("with", "tools/call", toCall(tool), "sampling"));

        assertThat(talk.answer("with").containsKey("result")).isTrue();
        JsonObject error = talk.answer("without").getJsonObject("error");
        assertThat(error.getInteger("code")).isEqualTo(-32021);
        assertThat(error.getJsonObject("data").getJsonObject("requiredCapabilities"))
                .isEqualTo(new JsonObject().put("sampling", new JsonObject()));
        assertThat(talk.post("without").status()).isEqualTo(400);
    }

    private static JsonObject toCall(String tool) {
        return new JsonObject().put("name", tool).put("arguments", new JsonObject());
    }
}
