package io.mcpserver.tool;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ToolTestProfile.class)
class ToolListTest {

    private final Map<String, JsonNode> tools = new HashMap<>();
    private McpCalls mcp;

    @BeforeEach
    void list() {
        mcp = new McpCalls();
        mcp.ask("tools/list", "{}")
                .path("tools")
                .forEach(tool -> tools.put(tool.path("name").asText(), tool));
    }

    @Test
    void theToolsOfTheContractAreListed() {
        assertThat(tools)
                .containsKeys(
                        "storage_save",
                        "storage_load",
                        "storage_delete",
                        "storage_query",
                        "storage_search",
                        "storage_collections",
                        "calculator_add");
    }

    @Test
    void eachSaysWhatItDoesTakesAndAnswers() {
        tools.forEach((name, tool) -> {
            if (!name.startsWith("storage_")) {
                return;
            }
            assertThat(tool.path("title").asText()).as(name).isNotBlank();
            assertThat(tool.path("description").asText()).as(name).hasSizeGreaterThan(80);
            assertThat(tool.path("inputSchema").toString())
                    .isEqualTo(ToolSchemas.of(name).input().toString());
            assertThat(tool.path("outputSchema").toString())
                    .isEqualTo(ToolSchemas.of(name).output().toString());
        });
    }

    @Test
    void theHintsSayWhichToolsChangeAnything() {
        assertThat(hint("storage_save", "readOnlyHint")).isFalse();
        assertThat(hint("storage_delete", "destructiveHint")).isTrue();
        for (String reading : new String[] {"storage_load", "storage_query", "storage_search", "storage_collections"}) {
            assertThat(hint(reading, "readOnlyHint")).as(reading).isTrue();
            assertThat(hint(reading, "idempotentHint")).as(reading).isTrue();
            assertThat(hint(reading, "destructiveHint")).as(reading).isFalse();
        }
        tools.values().stream()
                .filter(tool -> tool.path("name").asText().startsWith("storage_"))
                .forEach(
                        tool -> assertThat(tool.at("/annotations/openWorldHint").asBoolean(true))
                                .isFalse());
    }

    @Test
    void everyCallIsCountedByToolAndOutcome() {
        mcp.result("storage_collections", "{}");
        mcp.error("storage_collections", "{'x':1}");
        mcp.result("storage_search", "{'query':'anything','mode':'words'}");
        String metrics = get("/q/metrics").asString();
        assertThat(metrics)
                .containsPattern("mcp_tool_calls_seconds_count\\{[^}]*code=\"none\"[^}]*tool=\"storage_collections\"")
                .containsPattern(
                        "mcp_tool_calls_seconds_bucket\\{[^}]*code=\"INVALID_ARGUMENT\"[^}]*tool=\"storage_collections\"")
                .containsPattern("mcp_storage_searches_total\\{[^}]*mode=\"words\"");
    }

    private boolean hint(String tool, String hint) {
        return tools.get(tool).at("/annotations/" + hint).asBoolean();
    }
}
