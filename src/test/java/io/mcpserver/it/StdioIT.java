package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program over standard input and output, as a client starts it. */
@Tag("side-by-side")
class StdioIT {

    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";

    @TempDir
    Path directory;

    @Test
    void theListIsOneLineAndTheEndOfInputIsTheEnd() {
        try (RunningServer server = ServerLaunch.in(directory).start()) {
            server.send("{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/list\"}");
            server.closeInput();

            assertThat(server.awaitExit(A_MINUTE)).isZero();
            assertThat(server.stdout().lines()).hasSize(1);
            JsonObject answer = new JsonObject(server.stdout().text());
            assertThat(answer.getInteger("id")).isEqualTo(1);
            assertThat(answer.getJsonObject("result").getJsonArray("tools")).isNotEmpty();
            assertThat(server.stderr().text()).isEmpty();
        }
    }

    @Test
    void standardOutputCarriesMessagesOnlyWhateverGoesWrong() {
        try (RunningServer server = ServerLaunch.in(directory)
                .args("--transport", "stdio", "--debug")
                .env("LC_ALL", "C")
                .javaOptions("-XX:+UnlockDiagnosticVMOptions")
                .start()) {
            server.send("nonsense").send("[]").send(INITIALIZE);
            server.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
            server.send(
                    "{\"jsonrpc\":\"2.0\",\"id\":\"é中😀\",\"method\":\"tools/call\",\"params\":{\"name\":\"no_such\"}}");
            server.send(save("s", "é中😀"));
            server.send("x".repeat(11_000_000));
            server.send("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}\r");
            server.closeInput();

            assertThat(server.awaitExit(A_MINUTE)).isZero();
            List<JsonObject> answers =
                    server.stdout().lines().stream().map(JsonObject::new).toList();
            assertThat(answers).allSatisfy(answer -> assertThat(answer.getString("jsonrpc"))
                    .isEqualTo("2.0"));
            assertThat(answers)
                    .extracting(answer -> answer.getValue("id"))
                    .containsExactlyInAnyOrder(null, null, 0, "é中😀", "s", null, 7);
            assertThat(server.stderr().text()).isNotEmpty();
        }
    }

    @Test
    void sigtermEndsItInOrderWhileTheInputIsOpen() {
        try (RunningServer server = ServerLaunch.in(directory).start()) {
            server.send(INITIALIZE);
            server.stdout().awaitLine(line -> line.contains("serverInfo"), A_MINUTE);
            server.send(save("s", "text"));
            server.send("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}");
            server.stdout().awaitLine(line -> line.contains("\"id\":7"), A_MINUTE);

            assertThat(server.stop()).isZero();
            assertThat(server.stdout().lines().stream().map(JsonObject::new).map(answer -> answer.getValue("id")))
                    .containsExactlyInAnyOrder(0, 7, "s");
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher there is bin/mcp-server.cmd")
    void whatTheVirtualMachineItselfSaysGoesToStandardError() throws Exception {
        try (RunningServer server = ServerLaunch.in(directory).start()) {
            server.send(INITIALIZE);
            server.stdout().awaitLine(line -> line.contains("serverInfo"), A_MINUTE);
            server.signal("QUIT");
            server.stderr().awaitLine(line -> line.startsWith("Full thread dump"), A_MINUTE);
            server.closeInput();

            assertThat(server.awaitExit(A_MINUTE)).isZero();
            assertThat(server.stdout().lines()).singleElement().satisfies(line -> assertThat(
                            new JsonObject(line).getString("jsonrpc"))
                    .isEqualTo("2.0"));
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "Open sockets are read from /proc")
    void noPortIsOpened() throws IOException {
        try (RunningServer server = ServerLaunch.in(directory).start()) {
            server.send(INITIALIZE);
            server.stdout().awaitLine(line -> line.contains("serverInfo"), A_MINUTE);

            assertThat(listening(server.pid())).isEmpty();
        }
    }

    private static String save(String id, String text) {
        return "{\"jsonrpc\":\"2.0\",\"id\":\"" + id
                + "\",\"method\":\"tools/call\",\"params\":{\"name\":\"storage_save\","
                + "\"arguments\":{\"collection\":\"notes\",\"documents\":[{\"content\":{\"text\":\"" + text
                + "\"}}]}}}";
    }

    /** The inodes of the sockets on which a process, or one that it started, listens. */
    private static Set<String> listening(long pid) throws IOException {
        Set<String> listening = new HashSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "net", table))) {
                lines.map(line -> line.strip().split("\\s+"))
                        .filter(fields -> fields[3].equals("0A"))
                        .forEach(fields -> listening.add("socket:[" + fields[9] + "]"));
            }
        }
        Set<String> open = new HashSet<>();
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path file : files.toList()) {
                try {
                    open.add(Files.readSymbolicLink(file).toString());
                } catch (IOException closed) {
                    // Files come and go while the process runs.
                }
            }
        }
        listening.retainAll(open);
        return listening;
    }
}
