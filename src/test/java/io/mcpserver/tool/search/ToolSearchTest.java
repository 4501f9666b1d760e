package io.mcpserver.tool.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.HttpTalk;
import io.mcpserver.mcp.testing.McpMessages;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.tool.Offer;
import io.mcpserver.tool.ToolPolicy;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.catalog.ToolCatalog;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that shows what finds tools in place of the tools, over the protocol. */
@QuarkusTest
@TestProfile(ToolSearchTest.Searched.class)
class ToolSearchTest {

    private static final JsonObject NOTHING = new JsonObject();

    public static class Searched implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("mcp.embedding.model", "none", "mcp.tools.discovery", "search");
        }
    }

    @TestHTTPResource("/")
    URI server;

    @Inject
    ToolCatalog catalog;

    private HttpTalk talk;

    @BeforeEach
    void aClient() {
        talk = HttpTalk.inSession(server, null, NOTHING);
    }

    @AfterEach
    void leave() {
        catalog.replace(Offer.NOTHING);
        talk.close();
    }

    @Test
    void onlyTheToolsThatFindOthersAreListed() {
        List<String> names =
                names(talk.ask("tools/list", NOTHING).getJsonObject("result").getJsonArray("tools"));

        assertThat(names).contains("tools_call", "tools_search").doesNotContain("storage_save", "calculator_add");
    }

    @Test
    void aToolIsFoundByWhatItDoesAndComesWithTheSchemaOfItsArguments() {
        JsonArray found = search(new JsonObject().put("query", "add two numbers"));

        JsonObject best = found.getJsonObject(0);
        assertThat(best.fieldNames()).containsExactlyInAnyOrder("name", "title", "description", "inputSchema");
        assertThat(best.getString("name")).isEqualTo("calculator_add");
        assertThat(best.getJsonObject("inputSchema").getJsonObject("properties").fieldNames())
                .containsExactlyInAnyOrder("a", "b");
        assertThat(names(search(
                        new JsonObject().put("query", "delete stored documents").put("limit", 1))))
                .containsExactly("storage_delete");
    }

    @Test
    void theWordsOfANameAndOfArgumentsFindAToolToo() {
        catalog.replace(new Offer(
                List.of(ToolSpec.named("list_openOrders").computes(call -> ToolResult.ofText(""))),
                List.of(),
                List.of()));

        assertThat(names(search(
                        new JsonObject().put("query", "which orders are open?").put("limit", 1))))
                .containsExactly("list_openOrders");
    }

    @Test
    void whatFindsNothingSaysSo() {
        JsonObject result = talk.call("tools_search", new JsonObject().put("query", "zzzzz"))
                .getJsonObject("result")
                .getJsonObject("structuredContent");

        assertThat(result.getJsonArray("tools")).isEmpty();
        assertThat(result.getString("note")).contains("other words");
    }

    @Test
    void whatComesWhileTheServerRunsIsFoundAndWhatGoesIsNot() {
        JsonObject query = new JsonObject().put("query", "cancel a subscription of a magazine");
        catalog.replace(new Offer(List.of(magazine(Set.of())), List.of(), List.of()));
        assertThat(names(search(query)).getFirst()).isEqualTo("magazine_cancel");

        catalog.replace(Offer.NOTHING);
        assertThat(names(search(query))).doesNotContain("magazine_cancel");
    }

    @Test
    void whatIsFoundIsCalledThroughTheToolForItOrByItsOwnName() {
        JsonObject numbers = new JsonObject().put("a", 1).put("b", 2);

        JsonObject through = talk.call(
                "tools_call", new JsonObject().put("name", "calculator_add").put("arguments", numbers));
        JsonObject direct = talk.call("calculator_add", numbers);

        assertThat(through.getJsonObject("result")).isEqualTo(direct.getJsonObject("result"));
        assertThat(direct.getJsonObject("result")
                        .getJsonObject("structuredContent")
                        .getInteger("sum"))
                .isEqualTo(3);
    }

    @Test
    void aCallThatNamesNoToolOrGivesWrongArgumentsSaysWhatWouldBeRight() {
        assertThat(failure(new JsonObject().put("name", "calculator_ad").put("arguments", NOTHING)))
                .contains("NOT_FOUND", "did you mean \\\"calculator_add\\\"", "tools_search");
        assertThat(failure(NOTHING)).contains("INVALID_ARGUMENT", "name");
        assertThat(failure(new JsonObject().put("name", "tools_call"))).contains("NOT_FOUND");
        assertThat(failure(new JsonObject().put("name", "calculator_add").put("arguments", 7)))
                .contains("INVALID_ARGUMENT", "arguments must be an object");
        assertThat(failure(
                        new JsonObject().put("name", "calculator_add").put("arguments", new JsonObject().put("a", 1))))
                .contains("INVALID_ARGUMENT", "calculator_add needs the argument");
    }

    @Test
    void aToolThatACallerIsNotOfferedIsNeitherFoundNorCalled() {
        catalog.replace(new Offer(List.of(magazine(Set.of("press"))), List.of(), List.of()));
        String found =
                plain("/tools/call?group=press", "tools_search", new JsonObject().put("query", "magazine number"));
        String hidden =
                plain("/tools/call?group=other", "tools_search", new JsonObject().put("query", "magazine number"));

        assertThat(found).contains("magazine_cancel").doesNotContain("calculator_add");
        assertThat(hidden).doesNotContain("magazine_cancel");
        assertThat(plain("/tools/call?group=other", "tools_call", new JsonObject().put("name", "magazine_cancel")))
                .contains("NOT_FOUND");
        assertThat(plain("/tools/call?group=press", "tools_call", new JsonObject().put("name", "magazine_cancel")))
                .contains("cancelled");
    }

    private String plain(String path, String tool, JsonObject arguments) {
        return RawHttp.post(server, path, McpMessages.call(1, tool, arguments))
                .send()
                .body();
    }

    private String failure(JsonObject arguments) {
        JsonObject answer = talk.call("tools_call", arguments);
        assertThat(answer.getJsonObject("result").getBoolean("isError")).isTrue();
        return answer.encode();
    }

    private JsonArray search(JsonObject arguments) {
        JsonObject result = talk.call("tools_search", arguments).getJsonObject("result");
        assertThat(result.getBoolean("isError")).as(result.encode()).isFalse();
        return result.getJsonObject("structuredContent").getJsonArray("tools");
    }

    private static List<String> names(JsonArray tools) {
        return tools.stream().map(tool -> ((JsonObject) tool).getString("name")).toList();
    }

    private static ToolSpec magazine(Set<String> groups) {
        return ToolSpec.named("magazine_cancel")
                .title("Cancel a magazine")
                .description("Ends the subscription of a customer to a magazine")
                .policy(new ToolPolicy(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false, groups))
                .computes(call -> ToolResult.ofText("cancelled"));
    }
}
