package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.LiveKey;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.RawHttp.Reply;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A running server comes to another configuration without a restart, or stays as it is. */
@Tag("side-by-side")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGHUP")
class ConfigurationReloadIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ApiKey ADMIN = ApiKey.of("operator");
    private static final ApiKey BEFORE = ApiKey.of("before");
    private static final ApiKey AFTER = ApiKey.of("after");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(ReloadWay.class)
    @LiveKey({"logging.level", "security.api_keys", "transport.allowed_hosts", "performance.request_timeout"})
    void logLevelKeysHostsAndTimeoutChangeInWhateverWay(ReloadWay way) throws Exception {
        way.begin(folder, yaml(way.watches(), BEFORE, "before.example", "INFO", 60));
        try (RunningServer server = serving(way.file(folder)).startReady()) {
            assertThat(list(server, BEFORE, "before.example").status()).isEqualTo(200);
            assertThat(list(server, AFTER, "before.example").status()).isEqualTo(401);
            assertThat(list(server, BEFORE, "after.example").status()).isEqualTo(403);
            assertThat(server.stderr().text()).doesNotContain("DEBUG");

            way.take(folder, yaml(way.watches(), AFTER, "after.example", "DEBUG", 1), server, ADMIN);

            await(() ->
                    assertThat(list(server, AFTER, "after.example").status()).isEqualTo(200));
            assertThat(list(server, BEFORE, "after.example").status()).isEqualTo(401);
            assertThat(list(server, AFTER, "before.example").status()).isEqualTo(403);
            // The log follows a moment after the keys, so a call of that moment is not in it.
            await(() -> {
                list(server, AFTER, "after.example");
                assertThat(server.stderr().text()).containsPattern("DEBUG.*tools/list");
            });
            assertThat(answerToABodyThatNeverComes(server)).startsWith("HTTP/1.1 408");

            String history = RawHttp.get(server.uri("/"), "/admin/reloads")
                    .header("Authorization", ADMIN.bearer())
                    .send()
                    .body();
            assertThat(new JsonObject(history).getLong("generation")).isEqualTo(2);
            assertThat(server.stderr().text()).contains("generation 2; took effect: transport.allowed_hosts");
            assertThat(history + server.stderr().text())
                    .doesNotContain(BEFORE.key(), AFTER.key(), hash(BEFORE), hash(AFTER), hash(ADMIN));
            assertThat(server.stop()).isZero();
        }
    }

    @Test
    void anInvalidFileChangesNothingAndTellsAllFaultsToWhoeverAsked() throws Exception {
        try (RunningServer server = start(yaml(false, BEFORE, "a.example", "INFO", 60))) {
            write("logging:\n  level: LOUD\ntransport:\n  prot: 1\n");

            Reply reply = post(server);
            assertThat(reply.status()).isEqualTo(422);
            assertThat(reply.body())
                    .contains("config.yaml:2: logging.level", "config.yaml:4: transport.prot", "did you mean");
            RunningServer command = ServerLaunch.in(folder)
                    .args("reload", "--pid", Long.toString(server.pid()))
                    .runToEnd();
            assertThat(command.exitCode()).isEqualTo(1);
            assertThat(command.stdout().text())
                    .contains("refused", "config.yaml:2: logging.level", "config.yaml:4: transport.prot");
            server.signal("HUP");
            server.stderr().awaitLine(line -> line.contains("reload by SIGHUP was refused"), PATIENCE);
            server.stderr().awaitLine(line -> line.contains("config.yaml:4: transport.prot"), PATIENCE);

            assertThat(list(server, BEFORE, "a.example").status()).isEqualTo(200);
            assertThat(RawHttp.get(server.uri("/"), "/q/health/ready").send().body())
                    .contains("\"configuration_generation\": 1");
        }
    }

    @Test
    void anotherPortNeedsARestartAndTheOldOneAnswers() throws Exception {
        try (RunningServer server = start("server: {watch_config: false}")) {
            write("server: {watch_config: false, name: other}\nstorage: {cache_size: 200MB}\ntransport: {port: 1}");

            JsonObject done = new JsonObject(post(server).body());

            // The command line of this server names the port, and still wins.
            assertThat(done.getJsonArray("changed")).containsExactly("server.name", "storage.cache_size");
            assertThat(done.getString("outcome")).isEqualTo("unchanged");
            assertThat(done.getJsonArray("needs_restart"))
                    .containsExactly(
                            new JsonObject().put("key", "server.name").put("in_force", "mcp-server"),
                            new JsonObject().put("key", "storage.cache_size").put("in_force", 1_000_000_000));
        }
        int port = ServerLaunch.freePort();
        write("transport: {type: http-stream, port: " + port + "}");
        Process process = ServerLaunch.in(folder)
                .args("--config", folder + "/config.yaml")
                .startUnread();
        try (RunningServer server = new RunningServer(process, port)) {
            server.awaitReady(PATIENCE);
            write("transport: {type: http-stream, port: 1}");

            assertThat(new JsonObject(post(server).body()).getJsonArray("needs_restart"))
                    .containsExactly(
                            new JsonObject().put("key", "transport.port").put("in_force", port));
        }
    }

    @Test
    @LiveKey("transport.allowed_origins")
    void anotherOriginIsLetIn() throws Exception {
        try (RunningServer server = start("server: {watch_config: false}")) {
            assertThat(origin(server).status()).isEqualTo(403);
            write("transport: {allowed_origins: ['https://app.example']}");
            server.signal("HUP");
            await(() -> assertThat(origin(server).status()).isEqualTo(200));
        }
    }

    @Test
    @LiveKey("transport.max_body_size")
    void longerBodiesAreTaken() throws Exception {
        try (RunningServer server = start("transport: {max_body_size: 1kB}")) {
            assertThat(body(server, 50_000)).isEqualTo(413);
            write("transport: {max_body_size: 100kB}");
            await(() -> assertThat(body(server, 50_000)).isEqualTo(200));
            assertThat(body(server, 150_000)).isEqualTo(413);
        }
    }

    @Test
    @LiveKey("logging.format")
    void theLogChangesItsForm() throws Exception {
        try (RunningServer server = start("logging: {format: text}")) {
            write("logging: {format: json}");
            server.stderr()
                    .awaitLine(line -> line.startsWith("{\"timestamp\"") && line.contains("generation 2"), PATIENCE);
            write("logging: {format: text}");
            String text = server.stderr().awaitLine(line -> line.contains("generation 3"), PATIENCE);
            assertThat(text).matches("[0-9-]+ [0-9:,]+ INFO +\\[.*] \\(.*\\) configuration: .*");
        }
    }

    @Test
    @LiveKey("server.watch_config")
    void theWatchIsSwitchedOffAndOn() throws Exception {
        try (RunningServer server = start("server: {watch_config: true}")) {
            assertThat(watches(server)).isTrue();
            write("server: {watch_config: false}");
            await(() -> assertThat(watches(server)).isFalse());
            write("server: {watch_config: true}");
            server.signal("HUP");
            await(() -> assertThat(watches(server)).isTrue());
        }
    }

    @Test
    void aFileThatAppearsLaterIsNoticed() {
        try (RunningServer server =
                ServerLaunch.in(folder).serving("http-stream").startReady()) {
            assertThat(origin(server).status()).isEqualTo(403);
            write("transport: {allowed_origins: ['https://app.example']}");
            await(() -> assertThat(origin(server).status()).isEqualTo(200));
        }
    }

    @Test
    void whoseKeyIsTakenAwayHearsNoMore() throws Exception {
        try (RunningServer server = start(yaml(true, BEFORE, "a.example", "INFO", 60));
                Socket stream = RawHttp.get(server.uri("/"), "/stream")
                        .header("Authorization", BEFORE.bearer())
                        .open()) {
            stream.setSoTimeout((int) PATIENCE.toMillis());
            assertThat(stream.getInputStream().read()).isNotNegative();

            write(yaml(true, AFTER, "a.example", "INFO", 60));

            assertThat(new String(stream.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .endsWith("0\r\n\r\n");
        }
    }

    @Test
    void whatIsUnsafeInProductionIsRefusedWithProd() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        write("logging: {level: INFO}");
        try (RunningServer server = ServerLaunch.in(folder)
                .javaOptions("-Djava.io.tmpdir=" + temporary)
                .serving("http-stream")
                .args("--prod", "--config", folder + "/config.yaml")
                .startReady()) {
            write("transport: {allowed_hosts: ['*']}");

            Reply reply = post(server);

            assertThat(reply.status()).isEqualTo(422);
            assertThat(reply.body()).contains("transport.allowed_hosts: has");
            assertThat(list(server, BEFORE, "any.example").status()).isEqualTo(403);
        }
    }

    @Test
    void overStdioSighupReloadsAndNothingIsWatchedOrSaid() throws Exception {
        try (RunningServer server =
                ServerLaunch.in(folder).configuration("tools: {enabled: true}").start()) {
            server.send("{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/list\"}");
            server.stdout().awaitLine(line -> line.contains("storage_load"), PATIENCE);
            assertThat(watches(server)).isFalse();
            write("tools: {enabled: false}");

            server.signal("HUP");

            await(() -> {
                server.send("{\"jsonrpc\": \"2.0\", \"id\": 2, \"method\": \"tools/list\"}");
                server.stdout().awaitLine(line -> line.contains("\"tools\":[]"), Duration.ofSeconds(1));
            });
            assertThat(server.stderr().text()).isEmpty();
        }
    }

    @Test
    void theCommandShowsHistoryAndGenerationAndWhatADryRunWouldDo() throws Exception {
        try (RunningServer server = start("server: {watch_config: false}")) {
            String pid = Long.toString(server.pid());
            write("server: {watch_config: false}\nlogging: {level: WARNING}\nstorage: {cache_size: 200MB}");

            RunningServer dry = command("reload", "--dry-run", "--pid", pid);
            assertThat(dry.exitCode()).as(dry.stderr().text()).isZero();
            assertThat(dry.stdout().text())
                    .contains("would change     logging.level", "needs a restart  storage.cache_size (in force: ");
            RunningServer done =
                    command("reload", "--json", "--url", server.uri("/").toString());
            assertThat(new JsonObject(done.stdout().text()).getString("outcome"))
                    .isEqualTo("applied");
            assertThat(command("reload", "--history", "--pid", pid).stdout().text())
                    .contains("by http", "applied", "generation 2", "took effect      logging.level")
                    .doesNotContain("dry run");
            assertThat(command("status", "--pid", pid).stdout().text()).contains("log level WARNING, generation 2");
        }
    }

    private RunningServer command(String... arguments) {
        return ServerLaunch.in(folder).measured().args(arguments).runToEnd();
    }

    private RunningServer start(String yaml) {
        write(yaml);
        return serving(folder.resolve("config.yaml")).startReady();
    }

    private ServerLaunch serving(Path file) {
        return ServerLaunch.in(folder).serving("http-stream").args("--config", file.toString());
    }

    private void write(String yaml) {
        try {
            Files.writeString(folder.resolve("config.yaml"), yaml);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String yaml(boolean watch, ApiKey client, String host, String level, int timeout) {
        return """
                server: {watch_config: %s}
                transport: {allowed_hosts: [%s]}
                logging: {level: %s}
                performance: {request_timeout: %d}
                security:
                  api_keys:
                    - {name: operator, sha256: "%s", admin: true}
                    - {name: %s, sha256: "%s"}
                """.formatted(watch, host, level, timeout, hash(ADMIN), client.name(), hash(client));
    }

    private static String hash(ApiKey key) {
        return key.listed().substring(key.listed().indexOf(':') + 1);
    }

    private static void await(ThrowingRunnable holds) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .untilAsserted(holds);
    }

    private static Reply list(RunningServer server, ApiKey key, String host) {
        return RawHttp.get(server.uri("/"), "/tools/list")
                .header("Authorization", key.bearer())
                .header("Host", host)
                .send();
    }

    private static Reply origin(RunningServer server) {
        return RawHttp.get(server.uri("/"), "/tools/list")
                .header("Origin", "https://app.example")
                .send();
    }

    private static int body(RunningServer server, int bytes) {
        String list = "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/list\"}";
        return RawHttp.post(server.uri("/"), "/tools/list", list + " ".repeat(bytes))
                .send()
                .status();
    }

    private static Reply post(RunningServer server) {
        return RawHttp.post(server.uri("/"), "/reload-config", "")
                .header("Authorization", ADMIN.bearer())
                .send();
    }

    private static String answerToABodyThatNeverComes(RunningServer server) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            String head = "POST /tools/list HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + AFTER.bearer()
                    + "\r\nContent-Type: application/json\r\nAccept: application/json\r\nContent-Length: 10\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    private static boolean watches(RunningServer server) throws IOException {
        Path tasks = Path.of("/proc", Long.toString(server.pid()), "task");
        try (var threads = Files.list(tasks)) {
            List<Path> all = threads.toList();
            for (Path thread : all) {
                if (Files.readString(thread.resolve("comm")).strip().equals("config-watch")) {
                    return true;
                }
            }
        }
        return false;
    }
}
