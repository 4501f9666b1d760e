package io.mcpserver.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResultSizeTest {

    private static final String AWKWARD = "a \"quoted\" \\ line\n\t\u0001 é 中 😀";

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void measuresTextAsItStandsInUtf8AndInAString() throws Exception {
        String plain = AWKWARD.replace("😀", "");
        assertThat(ResultSize.utf8(plain)).isEqualTo(plain.getBytes(StandardCharsets.UTF_8).length);
        assertThat(ResultSize.quoted(plain)).isEqualTo(json.writeValueAsBytes(plain).length - 2);
        assertThat(ResultSize.quoted("😀")).isGreaterThanOrEqualTo(json.writeValueAsBytes("😀").length - 2);
    }

    @Test
    void boundsTheWholeResultInTheProtocol() throws Exception {
        ObjectNode structured = JsonNodeFactory.instance.objectNode().put("text", AWKWARD.repeat(100));
        ToolResult result = ToolResult.of(structured);
        ObjectNode protocol = JsonNodeFactory.instance.objectNode().put("isError", false);
        protocol.putArray("content").addObject().put("type", "text").put("text", result.text());
        protocol.set("structuredContent", structured);
        assertThat(result.bytes())
                .isBetween(
                        (long) json.writeValueAsBytes(protocol).length, json.writeValueAsBytes(protocol).length * 2L);
    }

    @Test
    void aBudgetIsNeverOverdrawn() {
        ObjectNode item = JsonNodeFactory.instance.objectNode().put("text", AWKWARD);
        ResultBudget budget = new ResultBudget(10_000);
        ObjectNode structured = JsonNodeFactory.instance.objectNode();
        var items = structured.putArray("items");
        while (budget.take(item)) {
            items.add(item);
        }
        assertThat(items).isNotEmpty();
        assertThat(ToolResult.of(structured).bytes()).isLessThan(10_000);
        budget.giveBack(ResultBudget.cost(item));
        assertThat(budget.take(item)).isTrue();
    }
}
