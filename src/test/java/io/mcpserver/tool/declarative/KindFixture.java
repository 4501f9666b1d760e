package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.Problem;
import io.mcpserver.error.CodedException;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.file.LoadedFile;
import io.mcpserver.tool.file.Surroundings;
import io.mcpserver.tool.trial.ToolTestBench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/**
 * A tool file that was read from a text, and short ways to see its faults and to call its tools.
 *
 * <pre>
 * KindFixture file = KindFixture.load(YAML, TestSurroundings.in(folder).secret("env.TOKEN", "s3cret"));
 * assertThat(file.faults()).isEmpty();
 * assertThat(file.result("greet", "{'who': 'Ann'}").path("text").asText()).isEqualTo("Hello Ann");
 * </pre>
 */
public final class KindFixture {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "tools.yaml";

    private final LoadedFile loaded;
    private final ToolTestBench bench;

    private KindFixture(LoadedFile loaded, Surroundings surroundings) {
        this.loaded = loaded;
        Duration limit = surroundings.config().performance().requestTimeout();
        this.bench = new ToolTestBench(
                loaded.offer().tools(), limit, surroundings.config().tools().maxResultBytes());
    }

    /** Reads a text that stands for a file in the directory of the surroundings. */
    public static KindFixture load(String yaml, Surroundings surroundings) {
        return new KindFixture(YamlToolFiles.parse(yaml, FILE, surroundings), surroundings);
    }

    public LoadedFile loaded() {
        return loaded;
    }

    /** The errors, as people see them: {@code tools.yaml:3: tools[0].text: must be a text}. */
    public List<String> faults() {
        return rendered(Problem.Severity.ERROR);
    }

    public List<String> warnings() {
        return rendered(Problem.Severity.WARNING);
    }

    private List<String> rendered(Problem.Severity severity) {
        return loaded.problems().stream()
                .filter(problem -> problem.severity() == severity)
                .map(Problem::render)
                .toList();
    }

    public ToolSpec tool(String name) {
        return loaded.offer().tools().stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No tool " + name + "; problems: " + loaded.problems()));
    }

    /** @param arguments as JSON, where single quotes stand for double ones */
    public ToolOutcome call(String tool, String arguments, ToolCaller caller) {
        tool(tool);
        return bench.call(tool, json(arguments), caller);
    }

    /** The result of a call that succeeds. */
    public ToolResult success(String tool, String arguments, ToolCaller caller) {
        return switch (call(tool, arguments, caller)) {
            case ToolOutcome.Success success -> success.result();
            case ToolOutcome.Failure failure -> throw new AssertionError("The call failed", failure.failure());
            case ToolOutcome other -> throw new AssertionError(other.toString());
        };
    }

    /** The structured result of a call that succeeds, by anybody. */
    public JsonNode result(String tool, String arguments) {
        return success(tool, arguments, ToolCaller.ANYBODY).structured().orElseThrow();
    }

    /** The text of a call that succeeds, by anybody. */
    public String text(String tool, String arguments) {
        return success(tool, arguments, ToolCaller.ANYBODY).text();
    }

    /** The failure of a call that fails, by anybody. */
    public CodedException failure(String tool, String arguments) {
        return failure(tool, arguments, ToolCaller.ANYBODY);
    }

    public CodedException failure(String tool, String arguments, ToolCaller caller) {
        if (call(tool, arguments, caller) instanceof ToolOutcome.Failure failure) {
            return failure.failure();
        }
        throw new AssertionError("The call did not fail");
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
