package io.mcpserver.mcp.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.Talk;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.DynamicTest;

/** What the scenarios of both kinds of revision have in common. */
final class StdioScenarios {

    static final JsonObject NOTHING = new JsonObject();

    static final JsonObject EVERYTHING = new JsonObject()
            .put("elicitation", NOTHING)
            .put("sampling", NOTHING)
            .put("roots", NOTHING);

    /** What a client does and looks at. */
    interface Steps {
        void run(Talk talk) throws Exception;
    }

    /** @param name that of the scenario in the official suite, where it has one */
    record Scenario(String name, boolean begins, Steps steps) {

        /** The scenario in a talk of its own, which it ends. */
        DynamicTest on(StdioTalk talk) {
            return DynamicTest.dynamicTest(name, () -> {
                try (talk) {
                    if (begins) {
                        talk.initialize(EVERYTHING);
                    }
                    steps.run(talk);
                }
            });
        }
    }

    private StdioScenarios() {}

    static JsonObject accepted(String field, Object value) {
        return new JsonObject().put("action", "accept").put("content", new JsonObject().put(field, value));
    }

    static JsonObject result(JsonObject answer) {
        assertThat(answer.getValue("result")).as(answer.encode()).isInstanceOf(JsonObject.class);
        return answer.getJsonObject("result");
    }

    static JsonObject error(JsonObject answer) {
        assertThat(answer.getValue("error")).as(answer.encode()).isInstanceOf(JsonObject.class);
        return answer.getJsonObject("error");
    }

    /** The first content of a tool's result. */
    static String text(JsonObject answer) {
        return content(answer).getJsonObject(0).getString("text");
    }

    static JsonArray content(JsonObject answer) {
        return result(answer).getJsonArray("content");
    }

    static JsonArray types(JsonObject answer) {
        JsonArray types = new JsonArray();
        content(answer).forEach(item -> types.add(((JsonObject) item).getString("type")));
        return types;
    }

    /** The first content of a resource. */
    static JsonObject resource(JsonObject answer) {
        return result(answer).getJsonArray("contents").getJsonObject(0);
    }

    /** The content of a prompt's message. */
    static JsonObject message(JsonObject answer, int index) {
        return result(answer).getJsonArray("messages").getJsonObject(index).getJsonObject("content");
    }

    static JsonObject named(String name) {
        return new JsonObject().put("name", name);
    }

    static JsonObject uri(String uri) {
        return new JsonObject().put("uri", uri);
    }

    static JsonObject completing(String value) {
        return new JsonObject()
                .put("ref", new JsonObject().put("type", "ref/prompt").put("name", "test_prompt_with_arguments"))
                .put("argument", new JsonObject().put("name", "arg1").put("value", value));
    }
}
