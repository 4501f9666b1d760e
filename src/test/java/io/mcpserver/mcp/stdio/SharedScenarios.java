package io.mcpserver.mcp.stdio;

import static io.mcpserver.mcp.stdio.StdioScenarios.NOTHING;
import static io.mcpserver.mcp.stdio.StdioScenarios.content;
import static io.mcpserver.mcp.stdio.StdioScenarios.message;
import static io.mcpserver.mcp.stdio.StdioScenarios.named;
import static io.mcpserver.mcp.stdio.StdioScenarios.resource;
import static io.mcpserver.mcp.stdio.StdioScenarios.result;
import static io.mcpserver.mcp.stdio.StdioScenarios.text;
import static io.mcpserver.mcp.stdio.StdioScenarios.types;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.stdio.StdioScenarios.Scenario;
import io.mcpserver.mcp.testing.Talk;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The scenarios that are the same in both kinds of revision, but for what a request says of itself. */
final class SharedScenarios {

    private final boolean begins;
    private final UnaryOperator<JsonObject> params;

    /** @param params adds what each request must say */
    SharedScenarios(boolean begins, UnaryOperator<JsonObject> params) {
        this.begins = begins;
        this.params = params;
    }

    Stream<Scenario> all() {
        return Stream.of(
                scenario("completion-complete", this::completion),
                scenario("tools-list", this::tools),
                scenario("tools-call-simple-text", talk -> assertThat(text(call(talk, "test_simple_text")))
                        .isEqualTo("This is a simple text response for testing.")),
                scenario("tools-call-image", talk -> holdsData(talk, "image", "image/png")),
                scenario("tools-call-audio", talk -> holdsData(talk, "audio", "audio/wav")),
                scenario("tools-call-embedded-resource", this::embedded),
                scenario(
                        "tools-call-mixed-content", talk -> assertThat(types(call(talk, "test_multiple_content_types")))
                                .isEqualTo(new JsonArray(List.of("text", "image", "resource")))),
                scenario("tools-call-error", this::failure),
                scenario("tools-call-with-progress", this::progress),
                scenario("server-sse-multiple-streams", this::together),
                scenario("resources-list", this::resources),
                scenario("resources-read-text", talk -> assertThat(
                                resource(read(talk, "test://static-text")).getString("text"))
                        .isEqualTo("This is the content of the static text resource.")),
                scenario("resources-read-binary", talk -> assertThat(
                                resource(read(talk, "test://static-binary")).getString("blob"))
                        .isBase64()),
                scenario("resources-templates-read", talk -> assertThat(
                                resource(read(talk, "test://template/123/data")).getString("text"))
                        .contains("\"id\":\"123\"")),
                scenario("prompts-list", this::prompts),
                scenario("prompts-get-simple", talk -> assertThat(message(prompt(talk, named("test_simple_prompt")), 0)
                                .getString("text"))
                        .isEqualTo("This is a simple prompt for testing.")),
                scenario("prompts-get-with-args", this::promptWithArguments),
                scenario("prompts-get-embedded-resource", this::promptWithResource),
                scenario("prompts-get-with-image", talk -> assertThat(
                                message(prompt(talk, named("test_prompt_with_image")), 0)
                                        .getString("mimeType"))
                        .isEqualTo("image/png")));
    }

    Scenario scenario(String name, StdioScenarios.Steps steps) {
        return new Scenario(name, begins, steps);
    }

    JsonObject call(Talk talk, String tool) {
        return talk.ask("tools/call", params.apply(named(tool).put("arguments", NOTHING)));
    }

    private JsonObject read(Talk talk, String uri) {
        JsonObject answer = talk.ask("resources/read", params.apply(StdioScenarios.uri(uri)));
        assertThat(resource(answer).getString("uri")).isEqualTo(uri);
        return answer;
    }

    private JsonObject prompt(Talk talk, JsonObject prompt) {
        return talk.ask("prompts/get", params.apply(prompt));
    }

    private void completion(Talk talk) {
        JsonObject completion = result(talk.ask("completion/complete", params.apply(StdioScenarios.completing("pa"))))
                .getJsonObject("completion");
        assertThat(completion.getJsonArray("values")).containsExactly("paris", "parma");
    }

    private void tools(Talk talk) {
        JsonArray tools = result(talk.ask("tools/list", params.apply(NOTHING))).getJsonArray("tools");
        assertThat(tools).isNotEmpty().allSatisfy(tool -> {
            assertThat(((JsonObject) tool).getString("name")).isNotBlank();
            assertThat(((JsonObject) tool).getString("description")).isNotBlank();
            assertThat(((JsonObject) tool).getJsonObject("inputSchema").getString("type"))
                    .isEqualTo("object");
        });
    }

    private void holdsData(Talk talk, String type, String mimeType) {
        JsonObject content = content(call(talk, "test_" + type + "_content")).getJsonObject(0);
        assertThat(content.getString("type")).isEqualTo(type);
        assertThat(content.getString("mimeType")).isEqualTo(mimeType);
        assertThat(content.getString("data")).isBase64().isNotEmpty();
    }

    private void embedded(Talk talk) {
        JsonObject content = content(call(talk, "test_embedded_resource")).getJsonObject(0);
        assertThat(content.getString("type")).isEqualTo("resource");
        assertThat(content.getJsonObject("resource").getString("uri")).isEqualTo("test://embedded-resource");
    }

    private void failure(Talk talk) {
        JsonObject answer = call(talk, "test_error_handling");
        assertThat(result(answer).getBoolean("isError")).isTrue();
        assertThat(text(answer)).contains("intentionally");
    }

    private void progress(Talk talk) {
        JsonObject asked = params.apply(named("test_tool_with_progress").put("arguments", NOTHING));
        JsonObject meta = asked.getJsonObject("_meta");
        asked.put("_meta", (meta == null ? new JsonObject() : meta).put("progressToken", "p"));
        int id = talk.begin("tools/call", asked);
        for (int expected : new int[] {0, 50, 100}) {
            JsonObject told = talk.told("notifications/progress").getJsonObject("params");
            assertThat(told.getString("progressToken")).isEqualTo("p");
            assertThat(told.getInteger("progress")).isEqualTo(expected);
            assertThat(told.getInteger("total")).isEqualTo(100);
        }
        assertThat(text(talk.answer(id))).isEqualTo("Done");
    }

    private void together(Talk talk) {
        List<Integer> ids = Stream.generate(() -> talk.begin("tools/list", params.apply(NOTHING)))
                .limit(5)
                .toList();
        ids.reversed().forEach(id -> assertThat(result(talk.answer(id)).getJsonArray("tools"))
                .isNotEmpty());
    }

    private void resources(Talk talk) {
        assertThat(result(talk.ask("resources/list", params.apply(NOTHING))).getJsonArray("resources"))
                .extracting(resource -> ((JsonObject) resource).getString("uri"))
                .contains("test://static-text", "test://static-binary", "test://watched-resource");
        assertThat(result(talk.ask("resources/templates/list", params.apply(NOTHING)))
                        .getJsonArray("resourceTemplates"))
                .extracting(template -> ((JsonObject) template).getString("uriTemplate"))
                .contains("test://template/{id}/data", "storage://{collection}/{id}");
    }

    private void prompts(Talk talk) {
        assertThat(result(talk.ask("prompts/list", params.apply(NOTHING))).getJsonArray("prompts"))
                .extracting(prompt -> ((JsonObject) prompt).getString("name"))
                .contains("test_simple_prompt", "test_prompt_with_arguments", "how_to_use_storage");
    }

    private void promptWithArguments(Talk talk) {
        JsonObject arguments = new JsonObject().put("arg1", "hello").put("arg2", "world");
        assertThat(message(prompt(talk, named("test_prompt_with_arguments").put("arguments", arguments)), 0)
                        .getString("text"))
                .contains("arg1='hello'", "arg2='world'");
    }

    private void promptWithResource(Talk talk) {
        JsonObject arguments = new JsonObject().put("resourceUri", "test://example");
        JsonObject content =
                message(prompt(talk, named("test_prompt_with_embedded_resource").put("arguments", arguments)), 0);
        assertThat(content.getJsonObject("resource").getString("uri")).isEqualTo("test://example");
    }
}
