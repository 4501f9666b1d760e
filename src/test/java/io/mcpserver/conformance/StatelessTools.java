package io.mcpserver.conformance;

import com.fasterxml.jackson.databind.node.TextNode;
import io.mcpserver.tool.ClientFeature;
import io.mcpserver.tool.LogLevel;
import io.mcpserver.tool.ToolCall;
import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** Tools with which the suite looks at clients without a session, at headers and at schemas. */
@Singleton
class StatelessTools implements ToolProvider {

    @Override
    public List<ToolSpec> tools() {
        return List.of(
                ToolSpec.named("test_missing_capability")
                        .description("Needs the client's model")
                        .needs(ClientFeature.SAMPLING)
                        .blocks(call -> ToolResult.ofText("The client has a model")),
                ToolSpec.named("test_streaming_elicitation")
                        .description("Asks the user before it answers")
                        .blocks(StatelessTools::elicitation),
                ToolSpec.named("test_logging_tool")
                        .description("Logs three times")
                        .blocks(StatelessTools::logging),
                ToolSpec.named("test_custom_header")
                        .description("Takes arguments that are repeated in headers")
                        .input(SuiteJson.object("""
                                {"type": "object", "properties": {
                                   "region": {"type": "string", "description": "Where", "x-mcp-header": "Region"},
                                   "count": {"type": "integer", "description": "How many", "x-mcp-header": "Count"}},
                                 "required": ["region"]}
                                """))
                        .computes(call -> ToolResult.ofText(
                                "Region " + call.arguments().path("region").asText())),
                ToolSpec.named("json_schema_2020_12_tool")
                        .description("Takes what a rich schema allows")
                        .input(SuiteJson.object("""
                                {"$schema": "https://json-schema.org/draft/2020-12/schema",
                                 "type": "object",
                                 "$defs": {"address": {"$anchor": "address", "type": "object", "required": ["town"],
                                   "properties": {"town": {"type": "string"}}}},
                                 "properties": {
                                   "to": {"$ref": "#/$defs/address"},
                                   "by": {"enum": ["letter", "parcel"]},
                                   "stamps": {"type": "integer"},
                                   "grams": {"type": "integer"}},
                                 "allOf": [{"anyOf": [{"required": ["to"]}, {"required": ["by"]}]}],
                                 "if": {"properties": {"by": {"const": "parcel"}}, "required": ["by"]},
                                 "then": {"required": ["grams"]},
                                 "else": {"required": ["stamps"]},
                                 "additionalProperties": false}
                                """))
                        .computes(call -> ToolResult.ofText(call.arguments().toString())));
    }

    private static ToolResult elicitation(ToolCall call) throws InterruptedException {
        var answers = call.client().ask(Map.of("color", SuiteJson.form("Which color?", "color", "string")));
        return ToolResult.ofText(
                "The user answered: " + answers.get("color").path("action").asText());
    }

    private static ToolResult logging(ToolCall call) {
        for (int i = 1; i <= 3; i++) {
            call.client().log(LogLevel.INFO, "test_logging_tool", TextNode.valueOf("Step " + i));
        }
        return ToolResult.ofText("Logged three times");
    }
}
