package io.mcpserver.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients that nobody here wrote, installed by the build from {@code src/test/npm/package-lock.json},
 * run on the Node that came with them.
 */
final class NpmPrograms {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Path HOME =
            Path.of(System.getProperty("test.npm", "target/npm")).toAbsolutePath();
    private static final Path NODE = Path.of(System.getProperty("test.node", HOME + "/node_modules/node/bin/node"));

    private final Path directory;

    /** @param directory where the programs run and keep what they keep at home */
    NpmPrograms(Path directory) {
        this.directory = directory;
    }

    /** Runs a script of {@code src/test/npm} with {@code task} on its input; returns what it printed. */
    JsonNode run(String script, JsonNode task) {
        return run(command(script), task.toString());
    }

    /** Starts a script of {@code src/test/npm} that talks with the test. */
    RunningServer start(String script, String... arguments) {
        List<String> command = new ArrayList<>(command(script));
        command.addAll(List.of(arguments));
        return start(command);
    }

    private static List<String> command(String script) {
        try {
            Path copy = HOME.resolve(script);
            Files.copy(Path.of("src/test/npm", script), copy, StandardCopyOption.REPLACE_EXISTING);
            return List.of(NODE.toString(), copy.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the Inspector without its browser; returns the result of the method. */
    JsonNode inspect(List<String> arguments) {
        Path inspector = HOME.resolve("node_modules/.bin/mcp-inspector");
        List<String> command = new ArrayList<>(List.of(NODE.toString(), inspector.toString()));
        command.addAll(List.of("--cli", "--format", "json", "--quiet"));
        command.addAll(arguments);
        return run(command, "").path("result");
    }

    private JsonNode run(List<String> command, String input) {
        try (RunningServer program = start(command)) {
            program.send(input).closeInput();
            int code = program.awaitExit(LIMIT);
            if (code != 0) {
                throw new AssertionError("%s ended with %d: %s%s"
                        .formatted(
                                command,
                                code,
                                program.stdout().text(),
                                program.stderr().text()));
            }
            return json(program.stdout().text());
        }
    }

    private RunningServer start(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("HOME", directory.toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("MCP_"));
        try {
            return new RunningServer(builder.start(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not JSON: " + text, e);
        }
    }
}
