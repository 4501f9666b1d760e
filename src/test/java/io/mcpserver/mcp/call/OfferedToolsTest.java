package io.mcpserver.mcp.call;

import static io.mcpserver.mcp.testing.McpMessages.beginSession;
import static io.mcpserver.mcp.testing.McpMessages.call;
import static io.mcpserver.mcp.testing.McpMessages.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.TestConfigs;
import io.mcpserver.mcp.testing.HttpTalk;
import io.mcpserver.mcp.testing.Profiles;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.StatelessMessages;
import io.mcpserver.tool.Offer;
import io.mcpserver.tool.PromptSpec;
import io.mcpserver.tool.ResourceSpec;
import io.mcpserver.tool.ToolPolicy;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.catalog.ToolCatalog;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was discovered, as clients see it: whom it is offered to, and what it answers. */
@QuarkusTest
@TestProfile(Profiles.Http.class)
class OfferedToolsTest {

    private static final JsonObject NOTHING = new JsonObject();

    @TestHTTPResource("/")
    URI server;

    @Inject
    ToolCatalog catalog;

    @Inject
    LiveConfig config;

    private Offer before;
    private ServerConfig configBefore;

    @BeforeEach
    void discover() {
        before = catalog.discovered();
        configBefore = config.now();
        catalog.replace(before.and(new Offer(
                List.of(tool("sales_total", "reporting", "sales"), tool("costs_total", "reporting"), tool("free_text")),
                List.of(greeting(), defective()),
                List.of(
                        resource("found://text", "text of the file"),
                        resource("found://long", "x".repeat(200_000)),
                        new ResourceSpec("found://broken", "b", "B", "Breaks", "text/plain", caller -> {
                            throw new java.io.IOException("password=secret");
                        })))));
    }

    @AfterEach
    void forget() {
        catalog.replace(before);
        if (config.now() != configBefore) {
            config.replace(configBefore);
        }
    }

    @Test
    void aClientThatSelectsGroupsByItsUrlIsShownTheirToolsOnly() {
        assertThat(list("/tools/list?group=sales")).containsExactly("sales_total");
        assertThat(list("/tools/list?group=reporting")).containsExactly("costs_total", "sales_total");
        assertThat(list("/tools/list?group=sales&group=no_such")).containsExactly("sales_total");
        assertThat(RawHttp.get(server, "/tools/list?group=%FF%zz").send().status())
                .isEqualTo(400);
        assertThat(list("/tools/list")).contains("costs_total", "sales_total", "free_text", "storage_save");
    }

    @Test
    void aSessionIsShownAndMayCallWhatItsUrlSelects() {
        String session = beginSession(server);
        for (String path : List.of("/mcp?group=sales", "/stream?group=sales")) {
            assertThat(names(post(path, request(1, "tools/list", NOTHING), session)))
                    .containsExactly("sales_total");
            assertThat(post(path, call(2, "sales_total", NOTHING), session).encode())
                    .contains("\"sales_total\"");
            JsonObject hidden = post(path, call(3, "costs_total", NOTHING), session);
            JsonObject unknown = post(path, call(3, "no_such_tool", NOTHING), session);
            assertThat(hidden.encode().replace("costs_total", "no_such_tool")).isEqualTo(unknown.encode());
        }
    }

    @Test
    void whatIsSelectedByUrlIsForNobodyElsesCache() {
        JsonObject list = StatelessMessages.request(1, "tools/list", NOTHING);
        JsonObject narrow =
                new JsonObject(stateless("/mcp?group=sales", list).send().body());
        JsonObject all = new JsonObject(stateless("/mcp", list).send().body());

        assertThat(names(narrow)).containsExactly("sales_total");
        assertThat(narrow.getJsonObject("result").getString("cacheScope")).isEqualTo("private");
        assertThat(all.getJsonObject("result").getString("cacheScope")).isEqualTo("public");
    }

    @Test
    void aChangeOfTheConfigurationIsHeardAndObeyedAtOnce() {
        try (HttpTalk talk = HttpTalk.inSession(server, null, NOTHING)) {
            talk.listen();

            config.replace(TestConfigs.with(config.now(), "tools.exclude=sales_*,calculator_add"));

            talk.told("notifications/tools/list_changed");
            assertThat(names(talk.ask("tools/list", NOTHING)))
                    .contains("costs_total")
                    .doesNotContain("sales_total", "calculator_add");
            assertThat(talk.call("sales_total", NOTHING).getJsonObject("error").getInteger("code"))
                    .isEqualTo(-32602);
        }
    }

    @Test
    void discoveredPromptsAreListedInOrderAndMade() {
        try (HttpTalk talk = HttpTalk.inSession(server, null, NOTHING)) {
            List<String> names =
                    talk.ask("prompts/list", NOTHING).getJsonObject("result").getJsonArray("prompts").stream()
                            .map(prompt -> ((JsonObject) prompt).getString("name"))
                            .toList();
            assertThat(names).contains("greeting", "how_to_use_storage").isSorted();

            JsonObject made = talk.ask("prompts/get", prompt("greeting", new JsonObject().put("who", "Ann")))
                    .getJsonObject("result");
            assertThat(made.getString("description")).isEqualTo("Greets somebody");
            assertThat(made.getJsonArray("messages").encode())
                    .isEqualTo("[{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"Greet Ann\"}}]");
            assertThat(talk.ask("prompts/get", prompt("how_to_use_storage", NOTHING))
                            .containsKey("result"))
                    .isTrue();
        }
    }

    @Test
    void aPromptThatCannotBeMadeSaysWhy() {
        try (HttpTalk talk = HttpTalk.stateless(server, null)) {
            JsonObject missing = error(talk, "prompts/get", prompt("greeting", NOTHING));
            assertThat(missing.getInteger("code")).isEqualTo(-32602);
            assertThat(missing.getString("message")).contains("greeting", "\"who\"");

            JsonObject broken = error(talk, "prompts/get", prompt("defective", NOTHING));
            assertThat(broken.getInteger("code")).isEqualTo(-32603);
            assertThat(broken.getString("message")).contains("reference").doesNotContain("secret");
        }
    }

    @Test
    void discoveredResourcesAreListedInOrderAndRead() {
        try (HttpTalk talk = HttpTalk.stateless(server, null)) {
            List<String> uris = talk
                    .ask("resources/list", StatelessMessages.params(NOTHING))
                    .getJsonObject("result")
                    .getJsonArray("resources")
                    .stream()
                    .map(resource -> ((JsonObject) resource).getString("uri"))
                    .toList();
            assertThat(uris).contains("found://text", "test://static-text").isSorted();

            JsonObject read = talk.ask("resources/read", StatelessMessages.params(uri("found://text")))
                    .getJsonObject("result");
            assertThat(read.getJsonArray("contents").getJsonObject(0))
                    .isEqualTo(uri("found://text").put("mimeType", "text/plain").put("text", "text of the file"));
            assertThat(read.getString("cacheScope")).isEqualTo("private");
        }
    }

    @Test
    void aResourceThatCannotBeReadSaysWhy() {
        try (HttpTalk talk = HttpTalk.stateless(server, null)) {
            assertThat(error(talk, "resources/read", uri("found://long")).getString("message"))
                    .contains("TOO_LARGE", "tools.max_result_bytes");
            assertThat(error(talk, "resources/read", uri("found://broken")).getString("message"))
                    .contains("reference")
                    .doesNotContain("secret");
            assertThat(error(talk, "resources/read", uri("found://no-such")).getInteger("code"))
                    .isEqualTo(-32602);
        }
    }

    private static JsonObject error(HttpTalk talk, String method, JsonObject params) {
        return talk.ask(method, StatelessMessages.params(params)).getJsonObject("error");
    }

    private RawHttp stateless(String path, JsonObject message) {
        return StatelessMessages.post(server, path, message);
    }

    private List<String> list(String path) {
        JsonObject answer = new JsonObject(RawHttp.get(server, path).send().body());
        return names(new JsonObject().put("result", answer));
    }

    private static List<String> names(JsonObject answer) {
        return answer.getJsonObject("result").getJsonArray("tools").stream()
                .map(tool -> ((JsonObject) tool).getString("name"))
                // Tools of the tests that the extension brings are in no catalog.
                .filter(name -> !name.startsWith("test_"))
                .toList();
    }

    private JsonObject post(String path, String message, String session) {
        return new JsonObject(RawHttp.post(server, path, message)
                .header("Mcp-Session-Id", session)
                .send()
                .body());
    }

    private static JsonObject prompt(String name, JsonObject arguments) {
        return new JsonObject().put("name", name).put("arguments", arguments);
    }

    private static JsonObject uri(String uri) {
        return new JsonObject().put("uri", uri);
    }

    private static ToolSpec tool(String name, String... groups) {
        return ToolSpec.named(name)
                .description("For tests")
                .policy(new ToolPolicy(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false, Set.of(groups)))
                .computes(call -> ToolResult.ofText(name));
    }

    private static PromptSpec greeting() {
        return new PromptSpec(
                "greeting",
                "A greeting",
                "Greets somebody",
                Stream.of("who")
                        .map(name -> new PromptSpec.Argument(name, "Whom", true))
                        .toList(),
                (arguments, caller) -> List.of(new PromptSpec.Message("user", "Greet " + arguments.get("who"))));
    }

    private static PromptSpec defective() {
        return new PromptSpec("defective", "D", "Breaks", List.of(), (arguments, caller) -> {
            throw new IllegalStateException("password=secret");
        });
    }

    private static ResourceSpec resource(String uri, String text) {
        return new ResourceSpec(uri, "found", "Found", "For tests", "text/plain", caller -> text);
    }
}
