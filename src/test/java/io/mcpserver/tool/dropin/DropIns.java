package io.mcpserver.tool.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.tool.TestGuard;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolClient;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolOutcome.Failure;
import io.mcpserver.tool.ToolOutcome.Success;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolTestProfile;
import io.mcpserver.tool.file.FileTest;
import io.mcpserver.tool.file.LoadedFile;
import io.mcpserver.tool.file.SecretReference;
import io.mcpserver.tool.file.Surroundings;
import io.mcpserver.tool.file.ToolFileFormat;
import io.mcpserver.tool.guard.ToolGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** A folder of tool files whose tools are called as the server calls them. */
final class DropIns implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String IMPORTS = "import io.mcpserver.tool.api.*; import java.util.*; ";

    private final Path folder;
    private final ServerConfig config;
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final ToolGuard guard;

    DropIns(Path folder) {
        this(folder, Duration.ofMinutes(1));
    }

    DropIns(Path folder, Duration requestTimeout) {
        this.folder = folder;
        this.config = ToolTestProfile.config(folder, "none", true, requestTimeout);
        this.guard = TestGuard.of(new LiveConfig(config), workers);
    }

    /** A class of the name {@code Dropped} with these members, loaded. */
    LoadedFile members(String members) {
        return java("Dropped.java", IMPORTS + "\npublic class Dropped {\n" + members + "\n}\n");
    }

    /** A source file, loaded. */
    LoadedFile java(String name, String source) {
        return load(new JavaToolFile(), write(name, source));
    }

    LoadedFile load(ToolFileFormat format, Path file) {
        assertThat(format.takes(file)).isTrue();
        return format.load(file, file.getFileName().toString(), surroundings());
    }

    Path write(String name, String source) {
        try {
            return Files.writeString(folder.resolve(name), source);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a call answers; fails if it does. */
    ToolResult answer(LoadedFile file, String tool, String arguments) {
        ToolOutcome outcome = call(tool(file, tool), arguments, ToolClient.SILENT);
        assertThat(outcome).isInstanceOf(Success.class);
        return ((Success) outcome).result();
    }

    /** How a call fails; fails if it does not. */
    CodedException failure(LoadedFile file, String tool, String arguments) {
        ToolOutcome outcome = call(tool(file, tool), arguments, ToolClient.SILENT);
        assertThat(outcome).isInstanceOf(Failure.class);
        return ((Failure) outcome).failure();
    }

    /** @param arguments JSON with single quotes */
    ToolOutcome call(ToolSpec tool, String arguments, ToolClient client) {
        try {
            Map<String, Object> given = JSON.readValue(arguments.replace('\'', '"'), new TypeReference<>() {});
            return call(tool, given, ToolCaller.ANYBODY, client);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    ToolOutcome call(ToolSpec tool, Map<String, Object> arguments, ToolCaller caller, ToolClient client) {
        return guard.call(tool, arguments, caller, client)
                .outcome()
                .toCompletableFuture()
                .join();
    }

    /** Runs the tests that stand in a file; those that did not pass, in words. */
    List<String> failedTests(LoadedFile file) {
        FileTest.Bench bench = (tool, arguments, caller) -> call(
                tool(file, tool), JSON.convertValue(arguments, new TypeReference<>() {}), caller, ToolClient.SILENT);
        return file.tests().stream()
                .flatMap(test -> test.run(bench).map(words -> test.name() + ": " + words).stream())
                .toList();
    }

    static ToolSpec tool(LoadedFile file, String name) {
        assertThat(problems(file)).isEmpty();
        return file.offer().tools().stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The problems as they are shown. */
    static List<String> problems(LoadedFile file) {
        return file.problems().stream().map(Problem::render).toList();
    }

    /** @param text JSON with single quotes */
    static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    Surroundings surroundings() {
        return new Surroundings() {

            @Override
            public ServerConfig config() {
                return config;
            }

            @Override
            public DocumentStore store() {
                throw new IllegalStateException("These tools have no documents.");
            }

            @Override
            public Path directory() {
                return folder;
            }

            @Override
            public String secret(SecretReference reference) {
                throw new IllegalStateException("These tools have no secrets.");
            }

            @Override
            public <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> maker) {
                throw new IllegalStateException("These tools share nothing.");
            }
        };
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
