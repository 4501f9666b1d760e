package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.McpMessages;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.RawHttp.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the keys about tools, the network and keys, and the options that go with them, do to the real program. */
@Tag("side-by-side")
class ConfiguredServerIT {

    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final JsonObject ADD = new JsonObject().put("a", 1).put("b", 2);

    @TempDir
    Path folder;

    @Test
    void toolsThatAreSwitchedOffAreNeitherListedNorCalled() {
        try (RunningServer server = http("tools: {enabled: false}")) {
            URI uri = server.uri("/");
            JsonObject list =
                    new JsonObject(RawHttp.get(uri, "/tools/list").send().body());
            assertThat(list.getJsonArray("tools")).isEmpty();

            JsonObject answer = call(uri, "calculator_add", ADD);
            assertThat(answer.containsKey("error")
                            || answer.getJsonObject("result").getBoolean("isError"))
                    .as(answer.encode())
                    .isTrue();
        }
    }

    @Test
    void aBodyBeyondTheLargestIsRefused() {
        try (RunningServer server = http("transport: {max_body_size: 2kB}")) {
            URI uri = server.uri("/");
            assertThat(RawHttp.post(uri, "/mcp", " ".repeat(2_100)).send().status())
                    .isEqualTo(413);
            assertThat(RawHttp.post(uri, "/mcp", McpMessages.INITIALIZE).send().status())
                    .isEqualTo(200);
        }
    }

    @Test
    void onlyListedHostsAndLoopbackNamesAreLetIn() {
        try (RunningServer server = http("transport: {allowed_hosts: [mcp.example.com]}")) {
            URI uri = server.uri("/");
            assertThat(named(uri, "mcp.example.com")).isEqualTo(200);
            assertThat(named(uri, "localhost")).isEqualTo(200);
            assertThat(named(uri, "other.example.com")).isEqualTo(403);
        }
    }

    @Test
    void onEveryAddressOnlyLoopbackNamesAreLetInUnlessOthersAreListed() {
        int port = ServerLaunch.freePort();
        URI uri = URI.create("http://127.0.0.1:" + port);
        try (RunningServer server = ServerLaunch.in(folder)
                .args("--transport", "http-stream", "--host", "0.0.0.0", "--port", Integer.toString(port))
                .start()) {
            server.stderr().awaitLine(line -> line.contains("Listening on"), A_MINUTE);
            assertThat(named(uri, "127.0.0.1:" + port)).isEqualTo(200);
            assertThat(named(uri, "mcp.example.com")).isEqualTo(403);
            assertThat(server.stderr().text().lines().filter(line -> line.contains("only loopback names will be let")))
                    .hasSize(1);
        }
    }

    @Test
    void whereKeysAreListedOnlyTheProbesAreOpen() {
        String made =
                ServerLaunch.in(folder).args("keys", "new").runToEnd().stdout().text();
        String key = made.lines()
                .flatMap(line -> line.trim().lines())
                .flatMap(line -> java.util.Arrays.stream(line.split("\\s+")))
                .filter(word -> word.startsWith("mcp_"))
                .findFirst()
                .orElseThrow();
        try (RunningServer server = http(made.substring(made.indexOf("security:")))) {
            URI uri = server.uri("/");
            assertThat(RawHttp.get(uri, "/q/health/live").send().status()).isEqualTo(200);
            for (String path : new String[] {"/tools/list", "/q/metrics"}) {
                assertThat(RawHttp.get(uri, path).send().status()).as(path).isEqualTo(401);
                assertThat(withKey(RawHttp.get(uri, path), key).send().status())
                        .as(path)
                        .isEqualTo(200);
            }
            for (String path : new String[] {"/mcp", "/stream"}) {
                assertThat(RawHttp.post(uri, path, McpMessages.INITIALIZE)
                                .send()
                                .status())
                        .as(path)
                        .isEqualTo(401);
                Reply begun = withKey(RawHttp.post(uri, path, McpMessages.INITIALIZE), key)
                        .send();
                assertThat(begun.status()).as(path).isEqualTo(200);
                assertThat(begun.body()).contains("serverInfo");
            }
        }
    }

    @Test
    void debugIsAskedForByVariableAndByOption() {
        RunningServer byVariable =
                ServerLaunch.in(folder).env("MCP_LOG_LEVEL", "DEBUG").runToEnd();
        assertThat(byVariable.stderr().text()).contains("DEBUG");
        RunningServer byOption = ServerLaunch.in(folder).args("--debug").runToEnd();
        assertThat(byOption.stderr().text()).contains("DEBUG");
        RunningServer unasked =
                ServerLaunch.in(folder).env("MCP_LOG_LEVEL", "INFO").runToEnd();
        assertThat(unasked.stderr().text()).doesNotContain("DEBUG");
    }

    @Test
    void theOptionConfigWinsOverTheVariable() throws Exception {
        Path other = Files.writeString(folder.resolve("other.yaml"), "server: {name: of the variable}");
        try (RunningServer server = ServerLaunch.in(folder)
                .configuration("server: {name: of the option}")
                .env("MCP_CONFIG_PATH", other.toString())
                .serving("http-stream")
                .startReady()) {
            assertThat(RawHttp.post(server.uri("/"), "/mcp", McpMessages.INITIALIZE)
                            .send()
                            .body())
                    .contains("of the option");
        }
    }

    @Test
    void theConfigurationIsValidatedWithoutAStart() {
        RunningServer right = ServerLaunch.in(folder)
                .configuration("transport: {port: 1}")
                .args("--validate-config")
                .runToEnd();
        assertThat(right.exitCode()).as(right.stderr().text()).isZero();
        RunningServer wrong = ServerLaunch.in(folder)
                .configuration("transport: {prot: 1}")
                .args("--validate-config")
                .runToEnd();
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.stderr().text()).contains("did you mean \"port\"?");
    }

    @Test
    void aSecondServerOnTheSameDataSaysWhoHasItAndTheFirstGoesOn() {
        try (RunningServer first = http("");
                RunningServer second =
                        ServerLaunch.in(folder).serving("http-stream").start()) {
            Awaitility.await()
                    .atMost(A_MINUTE)
                    .ignoreExceptions()
                    .until(() -> RawHttp.get(second.uri("/"), "/q/health/live")
                                    .send()
                                    .status()
                            == 200);

            JsonObject refused = call(second.uri("/"), "storage_collections", new JsonObject())
                    .getJsonObject("result")
                    .getJsonObject("structuredContent")
                    .getJsonObject("error");
            assertThat(refused.getString("code")).isEqualTo("STORE_LOCKED");
            assertThat(refused.getString("message")).contains("pid " + first.pid());

            JsonObject saved = call(
                    first.uri("/"),
                    "storage_save",
                    new JsonObject()
                            .put("collection", "notes")
                            .put(
                                    "documents",
                                    new JsonArray()
                                            .add(new JsonObject().put("content", new JsonObject().put("n", 1)))));
            assertThat(saved.getJsonObject("result").getBoolean("isError", false))
                    .isFalse();
        }
    }

    private RunningServer http(String yaml) {
        return ServerLaunch.in(folder)
                .configuration(yaml)
                .serving("http-stream")
                .startReady();
    }

    private static int named(URI server, String host) {
        return RawHttp.post(server, "/mcp", McpMessages.INITIALIZE)
                .header("Host", host)
                .send()
                .status();
    }

    private static RawHttp withKey(RawHttp request, String key) {
        return request.header("Authorization", "Bearer " + key);
    }

    private static JsonObject call(URI server, String tool, JsonObject arguments) {
        return new JsonObject(RawHttp.post(server, "/tools/call", McpMessages.call(1, tool, arguments))
                .send()
                .body());
    }
}
