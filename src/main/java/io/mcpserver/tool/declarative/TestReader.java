package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.ServerConfig.ApiKey;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.file.FileTest;
import io.mcpserver.tool.file.Surroundings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the tests of the tools of a file. */
final class TestReader {

    private final FileFaults faults;
    private final Surroundings surroundings;
    private final Function<Surroundings, List<ToolSpec>> again;

    /** @param again makes the tools of the file for the surroundings of a test */
    TestReader(FileFaults faults, Surroundings surroundings, Function<Surroundings, List<ToolSpec>> again) {
        this.faults = faults;
        this.surroundings = surroundings;
        this.again = again;
    }

    /** @param file of a valid form */
    List<FileTest> read(JsonNode file) {
        documents(file.path("documents"), "/documents");
        List<FileTest> tests = new ArrayList<>();
        JsonNode tools = file.path("tools");
        for (int i = 0; i < tools.size(); i++) {
            JsonNode written = tools.get(i).path("tests");
            String tool = tools.get(i).path("name").asText();
            String pointer = "/tools/" + i + "/tests";
            for (int k = 0; k < written.size(); k++) {
                tests.add(test(tool, written.get(k), pointer + "/" + k, k + 1, file.path("documents")));
            }
            names(written, pointer);
        }
        return tests;
    }

    private void names(JsonNode tests, String pointer) {
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < tests.size(); i++) {
            String name = tests.get(i).path("name").asText("");
            if (!name.isEmpty() && seen.put(name, i) != null) {
                faults.error(pointer + "/" + i + "/name", "is the name of another test of this tool");
            }
        }
    }

    private FileTest test(String tool, JsonNode written, String pointer, int number, JsonNode ofFile) {
        JsonNode own = written.path("store");
        documents(own, pointer + "/store");
        JsonNode documents = own.isObject() ? own : ofFile;
        return new DeclaredTest(
                tool,
                written.path("name").asText("test " + number),
                faults.line(pointer),
                written.path("network").asBoolean(),
                written.get("given") instanceof ObjectNode given ? given : JsonNodeFactory.instance.objectNode(),
                caller(written.path("as")),
                documents instanceof ObjectNode object
                        ? Optional.of(new StoredTest(object, surroundings, again))
                        : Optional.empty(),
                new ExpectationReader(faults).read(written.path("expect"), pointer + "/expect"));
    }

    private static ToolCaller caller(JsonNode written) {
        if (written.isMissingNode()) {
            return ToolCaller.ANYBODY;
        }
        Map<String, String> claims = new HashMap<>();
        written.path("claims")
                .properties()
                .forEach(claim -> claims.put(claim.getKey(), claim.getValue().asText()));
        return new ToolCaller(
                written.path("name").asText(""),
                written.path("namespace").asText(ApiKey.DEFAULT_NAMESPACE),
                Optional.empty(),
                Optional.empty(),
                claims);
    }

    private void documents(JsonNode collections, String pointer) {
        collections.properties().forEach(collection -> {
            String at = FileTree.member(pointer, collection.getKey());
            Map<String, Integer> seen = new HashMap<>();
            for (int i = 0; i < collection.getValue().size(); i++) {
                String id = collection.getValue().get(i).path("id").asText("");
                if (!id.isEmpty() && seen.put(id, i) != null) {
                    faults.error(at + "/" + i + "/id", "is the id of another document of this collection");
                }
            }
        });
    }
}
