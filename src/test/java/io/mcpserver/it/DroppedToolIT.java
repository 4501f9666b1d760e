package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file that is dropped into the folder of tools is a tool that a client can call which was connected before, and which
 * is told of it: both lines of the TypeScript SDK, over every transport. How long it took is printed, not asserted.
 */
class DroppedToolIT {

    private static final String TOOL = "dropped_tool";

    @TempDir
    Path directory;

    private Path tools;

    @BeforeEach
    void folder() throws IOException {
        tools = Files.createDirectory(directory.resolve("tools"));
    }

    @ParameterizedTest(name = "{0} line over {2} in the era {4}")
    @CsvSource({
        "first, http-stream, http, /mcp, legacy",
        "first, sse, sse, /sse, legacy",
        "second, http-stream, http, /mcp, legacy",
        "second, http-stream, http, /mcp, pinned"
    })
    void overHttp(String line, String transport, String clientTransport, String path, String era) {
        try (RunningServer server = launch().serving(transport).startReady()) {
            ObjectNode task = task(line, clientTransport, era);
            assertSeen(run(task.put("url", server.uri(path).toString())), era, line + " " + transport);
        }
    }

    @Test
    void theFirstLineOverStdio() {
        assertSeen(run(starting("first", "legacy")), "legacy", "first stdio");
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "pinned"})
    void theSecondLineOverStdio(String era) {
        assertSeen(run(starting("second", era)), era, "second stdio");
    }

    private ServerLaunch launch() {
        return ServerLaunch.in(directory).env("MCP_EMBEDDING_MODEL", "none").configuration("""
                tools: {directories: [./tools]}
                """);
    }

    private ObjectNode starting(String line, String era) {
        ObjectNode task = task(line, "stdio", era);
        task.putArray("command")
                .add(ServerLaunch.launcher().toString())
                .add("--config")
                .add(directory.resolve("config.yaml").toString());
        launch().environment().forEach(task.putObject("environment")::put);
        return task;
    }

    private ObjectNode task(String line, String transport, String era) {
        ObjectNode task = JsonNodeFactory.instance
                .objectNode()
                .put("line", line)
                .put("transport", transport)
                .put("tool", TOOL)
                .put("file", tools.resolve("dropped.yaml").toString());
        if (era.equals("pinned")) {
            task.putObject("era").put("pin", ClientVisit.MODERN);
        } else {
            task.put("era", era);
        }
        task.putArray("versions").add(ToolFile.answering(TOOL, "version 1")).add(ToolFile.answering(TOOL, "version 2"));
        return task;
    }

    private JsonNode run(ObjectNode task) {
        return new NpmPrograms(directory).run("tools.mjs", task);
    }

    private static void assertSeen(JsonNode seen, String era, String client) {
        System.out.printf(
                "%s, %s: callable %d ms after the file was written, told after %d ms; replaced after %d ms, gone after %d ms%n",
                client,
                seen.path("revision").asText(),
                seen.at("/added/answered").asInt(),
                seen.at("/added/told").asInt(),
                seen.at("/changed/answered").asInt(),
                seen.at("/removed/answered").asInt());
        assertThat(seen.get("revision").asText().equals(ClientVisit.MODERN)).isEqualTo(era.equals("pinned"));
        assertThat(seen.get("listed")).extracting(JsonNode::asBoolean).containsExactly(false, true, false);
        assertThat(seen.get("last").asText()).contains(TOOL);
    }
}
