package io.mcpserver.mcp.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolResult;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolAnswersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "plain", "\"quoted\" \\ and / more", "\0\1\n\r\t\u001f\u007f", "ä€😀\u2028", "</script>"})
    void textsAndIdsArriveAsTheyWere(String text) {
        ToolResult result = ToolResult.of(JsonNodeFactory.instance.objectNode().put("said", text), text);

        JsonObject success = new JsonObject(ToolAnswers.success(text, result, ",\"more\":1"));
        assertThat(success.getString("id")).isEqualTo(text);
        assertThat(success.getJsonObject("result").getBoolean("isError")).isFalse();
        assertThat(success.getJsonObject("result").getInteger("more")).isEqualTo(1);
        assertThat(success.getJsonObject("result")
                        .getJsonObject("structuredContent")
                        .getString("said"))
                .isEqualTo(text);
        assertThat(textOf(success)).isEqualTo(text);

        JsonObject failure =
                new JsonObject(ToolAnswers.failure(7, new CodedException(ErrorCode.INVALID_ARGUMENT, text), ""));
        assertThat(failure.getInteger("id")).isEqualTo(7);
        assertThat(failure.getJsonObject("result").getBoolean("isError")).isTrue();
        assertThat(textOf(failure)).isEqualTo("INVALID_ARGUMENT: " + text);
        assertThat(failure.getJsonObject("result")
                        .getJsonObject("structuredContent")
                        .getJsonObject("error")
                        .getString("message"))
                .isEqualTo(text);
    }

    private static String textOf(JsonObject answer) {
        return answer.getJsonObject("result")
                .getJsonArray("content")
                .getJsonObject(0)
                .getString("text");
    }
}
