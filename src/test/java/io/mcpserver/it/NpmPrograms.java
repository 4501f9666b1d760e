package io.mcpserver.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    private final Map<String, String> environment = new LinkedHashMap<>();

    /** @param directory where the programs run and keep what they keep at home */
    NpmPrograms(Path directory) {
        this.directory = directory;
    }

    /** Variables that the programs, and what they start, see beside those of the tests. */
    NpmPrograms environment(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    /** Runs a script of {@code src/test/npm} with {@code task} on its input; returns what it printed. */
    JsonNode run(String script, JsonNode task) {
        return json(output(script(script), task.toString()));
    }

    /** Starts a script of {@code src/test/npm} that talks with the test. */
    RunningServer talk(String script, String... arguments) {
        List<String> command = new ArrayList<>(script(script));
        command.addAll(List.of(arguments));
        return start(command, 0);
    }

    private static List<String> script(String script) {
        copyScripts();
        return List.of(NODE.toString(), HOME.resolve(script).toString());
    }

    /** What the scripts import is found from where they lie. */
    private static void copyScripts() {
        try (DirectoryStream<Path> scripts = Files.newDirectoryStream(Path.of("src/test/npm"), "*.mjs")) {
            for (Path script : scripts) {
                copy(script, HOME.resolve(script.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** At once and only where it changed: a client of another test may be reading it. */
    private static void copy(Path script, Path target) throws IOException {
        if (!Files.exists(target) || Files.mismatch(script, target) != -1) {
            Path next = Files.createTempFile(HOME, script.getFileName().toString(), "");
            Files.copy(script, next, StandardCopyOption.REPLACE_EXISTING);
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** The command that runs {@code program} of a package, its path within it, for clients that start it themselves. */
    static List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(NODE.toString());
        command.add(HOME.resolve("node_modules").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs {@code program} of a package to its end; returns what it printed. */
    String print(String program, String... arguments) {
        return output(command(program, arguments), "");
    }

    /** Starts {@code program} of a package, which serves on {@code port}, and returns at once. */
    RunningServer start(int port, String program, String... arguments) {
        return start(command(program, arguments), port);
    }

    /** Runs the Inspector without its browser; returns the result of the method. */
    JsonNode inspect(List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("--cli", "--format", "json", "--quiet"));
        all.addAll(arguments);
        return json(print(
                        "@modelcontextprotocol/inspector/clients/launcher/build/index.js", all.toArray(String[]::new)))
                .path("result");
    }

    private String output(List<String> command, String input) {
        try (RunningServer program = start(command, 0)) {
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
            return program.stdout().text();
        }
    }

    private RunningServer start(List<String> command, int port) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("HOME", directory.toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("MCP_"));
        builder.environment().putAll(environment);
        try {
            return new RunningServer(builder.start(), port);
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
