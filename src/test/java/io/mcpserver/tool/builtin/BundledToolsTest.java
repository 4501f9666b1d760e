package io.mcpserver.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.ToolPolicy;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.declarative.KindFixture;
import io.mcpserver.tool.declarative.TestSurroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tool that is there in any configuration: that of {@code tools/calculator.yaml}, as clients have known it. */
class BundledToolsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private ToolSpec tool;

    @BeforeEach
    void bundle() {
        tool = new BundledTools().tools().getFirst();
    }

    @Test
    void itIsTheOneOfTheFileInTheRepository() throws IOException {
        KindFixture file =
                KindFixture.load(Files.readString(Path.of("tools/calculator.yaml")), TestSurroundings.in(folder));

        assertThat(file.loaded().problems()).isEmpty();
        assertThat(new BundledTools().tools()).hasSize(1);
        ToolSpec written = file.tool("calculator_add").asBuiltIn();
        assertThat(written.title()).isEqualTo(tool.title());
        assertThat(written.description()).isEqualTo(tool.description());
        assertThat(written.inputSchema()).isEqualTo(tool.inputSchema());
        assertThat(written.outputSchema()).isEqualTo(tool.outputSchema());
        assertThat(written.hints()).isEqualTo(tool.hints());
        assertThat(written.policy()).isEqualTo(tool.policy());
    }

    @Test
    void itIsToldAsEver() throws IOException {
        assertThat(tool.title()).isEqualTo("Add two numbers");
        assertThat(tool.description())
                .isEqualTo("Adds two decimal numbers; each is read with the precision of a double, about 15 digits."
                        + " Example: {\"a\": 0.1, \"b\": 0.2} gives {\"sum\": 0.3}.");
        assertThat(tool.hints()).isEqualTo(ToolSpec.Hints.READS);
        assertThat(tool.policy()).isEqualTo(ToolPolicy.NONE);
        assertThat(tool.inputSchema().toString()).isEqualTo(compact("""
                {"type": "object",
                 "properties": {
                   "a": {"type": "number", "description": "The first number."},
                   "b": {"type": "number", "description": "The second number."}},
                 "required": ["a", "b"],
                 "additionalProperties": false}
                """));
        assertThat(tool.outputSchema().orElseThrow().toString()).isEqualTo(compact("""
                {"type": "object",
                 "properties": {
                   "sum": {"type": "number"},
                   "error": {
                     "type": "object",
                     "description": "Only in a failed call.",
                     "properties": {
                       "code": {"type": "string"},
                       "message": {"type": "string", "description": "What to do next."},
                       "retryable": {
                         "type": "boolean",
                         "description": "Whether the same call may succeed later without being changed."}},
                     "required": ["code", "message", "retryable"]}},
                 "oneOf": [{"required": ["sum"]}, {"required": ["error"]}]}
                """));
    }

    @Test
    void itRunsWhereItIsCalledAndItsPromisesWereTestedWithTheProgram() {
        assertThat(tool.execution()).isEqualTo(ToolSpec.Execution.COMPUTES);
        assertThat(tool.builtIn()).isTrue();
    }

    private static String compact(String json) throws IOException {
        return ((ObjectNode) JSON.readTree(json)).toString();
    }
}
