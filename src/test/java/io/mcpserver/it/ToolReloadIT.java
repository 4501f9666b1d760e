package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpserver.config.MountedVolume;
import io.mcpserver.mcp.testing.RawHttp;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tool files that change under a running server: what is good goes live, what is not does no harm, no call notices. */
@Tag("side-by-side")
class ToolReloadIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RELOADS = 50;
    private static final int CALLS = 10_000;
    private static final int CALLERS = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path directory;

    private Path tools;

    @BeforeEach
    void folder() throws IOException {
        tools = Files.createDirectory(directory.resolve("tools"));
    }

    @Test
    void aBrokenEditKeepsTheOldToolServingAndIsShown() throws Exception {
        Path good = Files.writeString(tools.resolve("good.yaml"), ToolFile.answering("good", "1"));
        Path edited = Files.writeString(tools.resolve("edited.yaml"), ToolFile.answering("edited", "1"));
        try (RunningServer server = start()) {
            assertThat(ready(server)).contains("\"tool_files\": 2").doesNotContain("quarantined");

            Files.writeString(edited, "tools:\n  - name: edited\n    descripton: a slip\n    text: x\n");
            ToolFile.replace(good, ToolFile.answering("good", "2"));
            await(() -> answer(server, "good").equals("2") && ready(server).contains("1: edited.yaml (fault)"));

            assertThat(answer(server, "edited")).isEqualTo("1");
            assertThat(ready(server)).as("to the operator").containsPattern("tool_files_reasons.*edited\\.yaml:[23]: ");
            assertThat(metrics(server))
                    .contains(
                            "mcp_tools_files{state=\"live\"} 1.0",
                            "mcp_tools_files{state=\"quarantined\"} 1.0",
                            "mcp_tools_quarantined{reason=\"fault\"} 1.0",
                            "mcp_tools_quarantined{reason=\"name\"} 0.0")
                    .contains("mcp_tools_reloads_seconds_count{outcome=\"quarantined\"}");
            assertThat(server.stderr().text()).containsPattern("edited\\.yaml:[23]: ");
            RunningServer status = ServerLaunch.in(directory)
                    .args("status", "--port", Integer.toString(server.port()))
                    .runToEnd();
            assertThat(status.stdout().text())
                    .contains("1 live, 1 quarantined")
                    .contains("1 tool file quarantined")
                    .containsPattern("edited\\.yaml:[23]: ");

            Files.writeString(edited, ToolFile.answering("edited", "3"));
            await(() -> answer(server, "edited").equals("3"));
            assertThat(ready(server)).doesNotContain("quarantined");
        }
    }

    @Test
    void aRemovedFileTakesItsToolsAlong() throws Exception {
        Path file = Files.writeString(tools.resolve("a.yaml"), ToolFile.pair("one", "two", "1"));
        try (RunningServer server = start()) {
            assertThat(listed(server)).containsKeys("one", "two");

            Files.delete(file);
            await(() -> !listed(server).containsKey("one"));

            assertThat(listed(server)).doesNotContainKeys("one", "two");
            assertThat(call(server, "one").toString()).contains("one").contains("error");
        }
    }

    @Test
    void aFolderThatComesLaterIsFound() throws Exception {
        Files.delete(tools);
        try (RunningServer server = start()) {
            Files.createDirectory(tools);
            Files.writeString(tools.resolve("a.yaml"), ToolFile.answering("one", "1"));
            await(() -> answer(server, "one").equals("1"));
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Links need a right there, and Kubernetes mounts none")
    void theSwapOfAMountedVolumeIsOneReload() throws Exception {
        MountedVolume volume = new MountedVolume(tools);
        volume.swap(Map.of("a.yaml", ToolFile.answering("one", "1"), "b.yaml", ToolFile.answering("two", "1")));
        try (RunningServer server = start()) {
            volume.swap(Map.of("a.yaml", ToolFile.answering("one", "2"), "c.yaml", ToolFile.answering("three", "2")));
            await(() -> answer(server, "three").equals("2"));

            assertThat(answer(server, "one")).isEqualTo("2");
            assertThat(listed(server)).doesNotContainKey("two");
        }
    }

    @Test
    void noCallFailsOrSeesHalfOfAReload() throws Exception {
        Path file = Files.writeString(tools.resolve("pair.yaml"), ToolFile.pair("one", "two", "0"));
        try (RunningServer server = start();
                ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger calls = new AtomicInteger();
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                all.add(CompletableFuture.runAsync(() -> callUntil(server, over, calls), callers));
            }
            try {
                for (int version = 1; version <= RELOADS; version++) {
                    String expected = Integer.toString(version);
                    ToolFile.replace(file, ToolFile.pair("one", "two", expected));
                    int least = CALLS * version / RELOADS;
                    await(() -> answer(server, "one").equals(expected)
                            && (calls.get() >= least || all.stream().anyMatch(CompletableFuture::isDone)));
                }
            } finally {
                over.set(true);
            }
            all.forEach(CompletableFuture::join);
            assertThat(calls.get()).isGreaterThanOrEqualTo(CALLS);
            assertThat(metrics(server)).doesNotContain("outcome=\"error\",tool=\"one\"");
        }
    }

    /** Whoever sees a version of one tool sees no earlier version of the other, and a list shows both of one. */
    private void callUntil(RunningServer server, AtomicBoolean over, AtomicInteger calls) {
        int newest = 0;
        while (!over.get()) {
            for (String tool : List.of("one", "two")) {
                int version = Integer.parseInt(answer(server, tool));
                assertThat(version).isGreaterThanOrEqualTo(newest);
                newest = version;
                calls.incrementAndGet();
            }
            Map<String, String> listed = listed(server);
            assertThat(listed.get("one")).isNotNull().isEqualTo(listed.get("two"));
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Files that are in use cannot be deleted there")
    void aServerThatIsKilledWhileItReloadsLeavesNothingBehind() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("temporary"));
        Path file = Files.writeString(tools.resolve("pair.yaml"), ToolFile.pair("one", "two", "0"));
        try (RunningServer server =
                launch().javaOptions("-Djava.io.tmpdir=" + temporary).startReady()) {
            for (int version = 1; version <= 20; version++) {
                ToolFile.replace(file, ToolFile.pair("one", "two", Integer.toString(version)));
                Thread.sleep(20);
            }
            server.kill();
        }
        assertThat(tools)
                .isDirectoryContaining("glob:**/pair.yaml")
                .isDirectoryNotContaining("regex:.*(?<!pair\\.yaml)");
        assertThat(temporary).isDirectoryNotContaining("glob:**{tool,yaml}*");
        try (RunningServer server = start()) {
            assertThat(answer(server, "one")).isEqualTo("20");
        }
    }

    private ServerLaunch launch() {
        return ServerLaunch.in(directory)
                .env("MCP_EMBEDDING_MODEL", "none")
                .configuration("""
                        tools: {directories: [./tools]}
                        """)
                .serving("http-stream");
    }

    private RunningServer start() {
        return launch().startReady();
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
    }

    private static String ready(RunningServer server) {
        return RawHttp.get(server.uri("/"), "/q/health/ready").send().body();
    }

    private static String metrics(RunningServer server) {
        return RawHttp.get(server.uri("/"), "/q/metrics").send().body();
    }

    /** What a tool answers; of a failed call, the whole answer. */
    private String answer(RunningServer server, String tool) {
        JsonNode answer = call(server, tool);
        JsonNode text = answer.at("/result/structuredContent/text");
        return text.isTextual() ? text.asText() : answer.toString();
    }

    private JsonNode call(RunningServer server, String tool) {
        JsonObject params = new JsonObject().put("name", tool).put("arguments", new JsonObject());
        return post(server.uri("/mcp"), "tools/call", params, tool);
    }

    /** Descriptions by the name of the tool. */
    private Map<String, String> listed(RunningServer server) {
        Map<String, String> descriptions = new HashMap<>();
        post(server.uri("/mcp"), "tools/list", new JsonObject(), "")
                .at("/result/tools")
                .forEach(tool -> descriptions.put(
                        tool.get("name").asText(), tool.get("description").asText()));
        return descriptions;
    }

    private JsonNode post(URI endpoint, String method, JsonObject params, String name) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", ModernEra.REVISION)
                .header("Mcp-Method", method)
                .POST(HttpRequest.BodyPublishers.ofString(ModernEra.message(1, method, params)));
        if (!name.isEmpty()) {
            request.header("Mcp-Name", name);
        }
        try {
            String body = client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            return JSON.readTree(
                    body.startsWith("{") ? body : body.substring(body.indexOf("data:") + "data:".length()));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
