package io.mcpserver.tool.declarative.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.Problem;
import io.mcpserver.config.YamlFile;
import io.mcpserver.tool.declarative.YamlToolFiles;
import io.mcpserver.tool.file.NoSurroundings;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Writes a tool file, and reads it as a server would. */
record ToolFileText(String title, String version) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setSchema(new CoreSchema())
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setSplitLines(false)
            .setIndentWithIndicator(true)
            .setIndicatorIndent(2)
            .setIndent(4)
            .build();

    /** @param variables of the environment, and what each holds */
    String of(ArrayNode tools, Map<String, String> variables) {
        StringBuilder text = new StringBuilder();
        text.append("# ").append(Words.line(title + " " + version, 200)).append('\n');
        text.append("# Made by \"mcp-server tools import-openapi\"; change it as you like.\n");
        if (!variables.isEmpty()) {
            text.append("# Its tools need these variables of the environment:\n");
            variables.forEach((name, what) ->
                    text.append("#   ").append(name).append(": ").append(what).append('\n'));
        }
        return text.append(dump(tools)).toString();
    }

    private static String dump(ArrayNode tools) {
        JsonNode file = JsonNodeFactory.instance.objectNode().set("tools", tools);
        return new Dump(SETTINGS).dumpToString(JSON.convertValue(file, Object.class));
    }

    /** Whether no server would read it. */
    static boolean isTooLarge(String yaml) {
        return yaml.getBytes(StandardCharsets.UTF_8).length > YamlFile.MAX_BYTES;
    }

    /** What is wrong with a tool; empty where nothing is. */
    static Optional<String> fault(ObjectNode tool) {
        return firstFault(dump(JsonNodeFactory.instance.arrayNode().add(tool)));
    }

    /** @throws UnusableSpec if a server would not take the file */
    static String checked(String yaml) throws UnusableSpec {
        if (isTooLarge(yaml)) {
            throw new UnusableSpec("makes a tool file of more than %,d bytes; choose less with --include"
                    .formatted(YamlFile.MAX_BYTES));
        }
        Optional<String> fault = firstFault(yaml);
        if (fault.isPresent()) {
            throw new UnusableSpec(
                    "makes a tool file that is not valid: %s; choose less with --include".formatted(fault.get()));
        }
        return yaml;
    }

    private static Optional<String> firstFault(String yaml) {
        return YamlToolFiles.parse(yaml, "the tool", new NoSurroundings()).problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .map(problem -> Words.line(problem.key() + ": " + problem.message(), 300))
                .findFirst();
    }
}
