package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of {@code config.yaml} do to the real program what they promise. */
@Tag("side-by-side")
class ConfigurationIT {

    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},\
            "clientInfo":{"name":"test","version":"1"}}}""";

    @TempDir
    Path folder;

    @Test
    void serverKeysAreWhatClientsSee() throws Exception {
        try (RunningServer server = http("server: {name: '${x} notes', version: '7.8', instructions: 'costs $5'}")) {
            assertThat(initialize(server))
                    .contains("\"name\":\"${x} notes\"", "\"version\":\"7.8\"", "\"instructions\":\"costs $5\"");
        }
    }

    @Test
    void hostAndPortAreWhereItListens() throws Exception {
        try (RunningServer server = http("")) {
            assertThat(connects("127.0.0.1", server.port())).isTrue();
            assertThat(connects("127.0.0.2", server.port())).isFalse();
        }
    }

    @Test
    void theEnvironmentWinsOverTheFile() throws Exception {
        int port = ServerLaunch.freePort();
        try (RunningServer server = ServerLaunch.in(folder)
                .configuration("transport: {type: stdio, port: 1}\nserver: {name: of the file}")
                .env("MCP_TRANSPORT_TYPE", "http-stream")
                .env("MCP_SERVER_NAME", "of the environment")
                .serving("http-stream", port)
                .startReady()) {
            assertThat(initialize(server)).contains("of the environment");
        }
    }

    @Test
    void connectionsBeyondTheMaximumAreClosed() throws Exception {
        List<Socket> open = new ArrayList<>();
        try (RunningServer server = http("performance: {max_connections: 3}")) {
            int served = 0;
            for (int i = 0; i < 8; i++) {
                Socket socket = new Socket("127.0.0.1", server.port());
                open.add(socket);
                served += answersHealth(socket) ? 1 : 0;
            }
            assertThat(served).isBetween(1, 3);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void workerProcessesAreThreadsThatServeConnections() throws Exception {
        List<Socket> open = new ArrayList<>();
        try (RunningServer server = http("performance: {worker_processes: 3}")) {
            for (int i = 0; i < 12; i++) {
                Socket socket = new Socket("127.0.0.1", server.port());
                open.add(socket);
                assertThat(answersHealth(socket)).isTrue();
            }
            assertThat(threads(server, name -> name.startsWith("vert.x-eventloop-thread-")))
                    .isEqualTo(3);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void theLevelDecidesWhatIsLogged() throws Exception {
        try (RunningServer quiet = http("logging: {level: ERROR}")) {
            assertThat(quiet.stderr().text()).isEmpty();
            assertThat(quiet.stdout().text()).isEmpty();
        }
        try (RunningServer info = http("logging: {level: INFO}")) {
            assertThat(info.stderr().text()).contains("INFO", "Listening on").doesNotContain("DEBUG");
            assertThat(info.stdout().text()).isEmpty();
        }
        try (RunningServer debug = http("logging: {level: DEBUG}")) {
            assertThat(debug.stderr().text()).contains("DEBUG", "logging.level is set by the file");
        }
    }

    @Test
    void theFormatJsonIsOneObjectALine() throws Exception {
        try (RunningServer server = http("logging: {format: json}")) {
            assertThat(server.stderr().text().lines())
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("{\"timestamp\"") && line.endsWith("}"));
        }
    }

    @Test
    void stdioIsSilentUnlessAsked() {
        RunningServer silent =
                ServerLaunch.in(folder).configuration("logging: {level: DEBUG}").runToEnd();
        assertThat(silent.stdout().text() + silent.stderr().text()).isEmpty();
        assertThat(silent.exitCode()).isZero();
        RunningServer asked =
                ServerLaunch.in(folder).env("MCP_LOG_LEVEL", "INFO").runToEnd();
        assertThat(asked.stderr().text()).contains("INFO");
        assertThat(asked.stdout().text()).isEmpty();
    }

    @Test
    void whatIsUnsafeInProductionIsLoggedAndWithProdRefused() {
        try (RunningServer warned = ServerLaunch.in(folder)
                .env("MCP_PROT", "1")
                .args("--transport", "http-stream", "--host", "0.0.0.0", "--port", "0")
                .start()) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> warned.stderr().text().contains("Listening on"));
            assertThat(warned.stderr().text())
                    .contains(
                            "WARN", "security.api_keys: is empty", "transport.allowed_hosts empty: only loopback names")
                    .contains("MCP_PROT: unknown variable, ignored; did you mean \"MCP_PORT\"?");
        }
        RunningServer refused = ServerLaunch.in(folder)
                .args("--transport", "http-stream", "--host", "0.0.0.0", "--prod")
                .runToEnd();
        assertThat(refused.stderr().text()).contains("configuration: security.api_keys: is empty");
        assertThat(refused.exitCode()).isEqualTo(2);
    }

    @Test
    void anUnknownVariableIsPointedOutEvenOverStdio() {
        RunningServer ended = ServerLaunch.in(folder).env("MCP_PROT", "1").runToEnd();
        assertThat(ended.stderr().text())
                .isEqualTo("MCP_PROT: warning: unknown variable, ignored; did you mean \"MCP_PORT\"?\n");
        assertThat(ended.exitCode()).isZero();
    }

    @Test
    void aPortInUseIsOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RunningServer refused = ServerLaunch.in(folder)
                    .serving("http-stream", taken.getLocalPort())
                    .args("--log-level", "ERROR")
                    .runToEnd();
            assertThat(refused.stderr().text())
                    .isEqualTo("mcp-server: transport.port: cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + ", another process does; stop it or take another port\n");
            assertThat(refused.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void anAddressOfAnotherMachineIsOneSentence() {
        RunningServer refused = ServerLaunch.in(folder)
                .args("--transport", "sse", "--host", "192.0.2.1", "--log-level", "ERROR")
                .args("--data", "/var/lib/mcp-server")
                .runToEnd();
        assertThat(refused.stderr().text())
                .endsWith("mcp-server: transport.host: 192.0.2.1 is no address of this machine\n");
        assertThat(refused.exitCode()).isEqualTo(1);
    }

    @Test
    void aWrongConfigurationStartsNothing() {
        RunningServer refused = ServerLaunch.in(folder)
                .configuration("transport:\n  prot: 1\n")
                .env("MCP_PORT", "x")
                .runToEnd();
        assertThat(refused.stderr().text().lines())
                .containsExactly(
                        folder.resolve("config.yaml") + ":2: transport.prot: unknown key; did you mean \"port\"?",
                        "MCP_PORT: transport.port: must be a whole number from 0 to 65535, but is \"x\"");
        assertThat(refused.exitCode()).isEqualTo(2);
    }

    @Test
    void commandsThatNeedNoServerPrintAndEnd() {
        assertThat(ServerLaunch.in(folder).args("--version").runToEnd().stdout().text())
                .startsWith("mcp-server ");
        assertThat(ServerLaunch.in(folder).args("--help").runToEnd().exitCode()).isZero();
        assertThat(ServerLaunch.in(folder).args("--nonsense").runToEnd().exitCode())
                .isEqualTo(2);
    }

    private RunningServer http(String yaml) {
        return ServerLaunch.in(folder)
                .configuration(yaml)
                .serving("http-stream")
                .startReady();
    }

    private static String initialize(RunningServer server) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(server.uri("/mcp"))
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json, text/event-stream")
                    .POST(HttpRequest.BodyPublishers.ofString(INITIALIZE))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static boolean connects(String host, int port) {
        try (Socket socket = new Socket(host, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Leaves the connection open. */
    private static boolean answersHealth(Socket socket) {
        try {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write("GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == 'H';
        } catch (IOException closed) {
            return false;
        }
    }

    private static long threads(RunningServer server, Predicate<String> name) throws Exception {
        Process dump = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(server.pid()),
                        "Thread.print")
                .redirectErrorStream(true)
                .start();
        String text = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return text.lines()
                .filter(line -> line.startsWith("\""))
                .map(line -> line.substring(1, line.indexOf('"', 1)))
                .filter(name)
                .count();
    }
}
