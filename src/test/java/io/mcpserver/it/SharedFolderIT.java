package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonArray;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several programs on one data folder, each with its client, as desktop clients start them: the first owns the folder, the
 * others pass on to it, and one of them sees to the next owner when it goes.
 */
@Tag("side-by-side")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "kills and stops processes by signals")
class SharedFolderIT {

    /** {@code -Dmcp.owner.rounds=20} kills owners more often than every build does. */
    private static final int ROUNDS = Integer.getInteger("mcp.owner.rounds", 1);

    private static final int CLIENTS = 4;
    private static final int SAVES = 200;
    private static final int AT_ONCE = 100;
    private static final JsonObject NOTHING = new JsonObject();
    private static final JsonObject ASKABLE = new JsonObject().put("elicitation", new JsonObject());

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"duckdb", "lancedb", "tinydb"})
    void whatFourClientsSavedIsThereThoughTheOwnerWasKilledInTheMiddle(String engine) throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            Path folder = Files.createDirectory(directory.resolve(engine + round));
            killTheOwnerInTheMiddle(folder, engine);
        }
    }

    private void killTheOwnerInTheMiddle(Path folder, String engine) throws Exception {
        List<StdioClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new StdioClient(launch(folder).env("MCP_STORAGE_TYPE", engine)));
            }
            clients.forEach(client -> client.initialize(NOTHING));
            Map<String, CompletableFuture<JsonObject>> saves = new HashMap<>();
            for (int i = 0; i < SAVES; i++) {
                for (int c = 0; c < CLIENTS; c++) {
                    String id = c + "-" + i;
                    saves.put(id, clients.get(c).save("shared", id));
                }
            }
            Awaitility.await("the middle")
                    .atMost(Duration.ofSeconds(60))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> saves.values().stream()
                                    .filter(CompletableFuture::isDone)
                                    .count()
                            > CLIENTS * SAVES / 3);

            long killed = System.nanoTime();
            StdioClient owners = kill(folder, clients);
            List<StdioClient> survivors =
                    clients.stream().filter(client -> client != owners).toList();
            StdioClient first = survivors.getFirst();
            first.answer(first.ask("ping", NOTHING));
            long there = System.nanoTime();
            first.answer(first.call("storage_collections", NOTHING));
            System.out.printf(
                    "%s: the next owner answered after %,d ms, its store after %,d ms%n",
                    engine,
                    TimeUnit.NANOSECONDS.toMillis(there - killed),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed));

            List<String> acknowledged = new ArrayList<>();
            int unknown = 0;
            for (Map.Entry<String, CompletableFuture<JsonObject>> save : saves.entrySet()) {
                StdioClient client = clients.get(save.getKey().charAt(0) - '0');
                if (client == owners && !save.getValue().isDone()) {
                    continue;
                }
                JsonObject result = client.answer(save.getValue()).getJsonObject("result");
                if (result.getBoolean("isError")) {
                    assertThat(result.encode()).contains("OUTCOME_UNKNOWN");
                    unknown++;
                } else {
                    acknowledged.add(save.getKey());
                }
            }
            System.out.printf("%s: %d acknowledged, %d of unknown outcome%n", engine, acknowledged.size(), unknown);
            assertThat(acknowledged).hasSizeGreaterThan(CLIENTS * SAVES / 3);
            assertThere(survivors.getLast(), acknowledged);
            assertThat(survivors)
                    .allSatisfy(client -> assertThat(client.faults()).isEmpty());
            for (StdioClient client : survivors) {
                assertThat(client.end()).as(client.stderr().text()).isZero();
            }
        } finally {
            clients.forEach(StdioClient::close);
        }
    }

    /** Each is there in the first version: none is lost, and none was saved twice. */
    private static void assertThere(StdioClient client, List<String> ids) {
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
            JsonObject loaded = client.answer(client.call(
                            "storage_load",
                            new JsonObject().put("collection", "shared").put("ids", new JsonArray(some))))
                    .getJsonObject("result")
                    .getJsonObject("structuredContent");
            assertThat(loaded.getJsonArray("missing")).isEmpty();
            assertThat(loaded.getJsonArray("documents").stream()
                            .map(document -> ((JsonObject) document).getInteger("version")))
                    .hasSize(some.size())
                    .allMatch(version -> version == 1);
        }
    }

    @Test
    void aClientOfAnotherProcessHasItsOwnProgressQuestionsSubscriptionsAndToolsAlsoAfterTheOwnerHasGone()
            throws Exception {
        Path tools = Files.createDirectory(directory.resolve("tools"));
        String yaml = """
                tools: {directories: ["%s"], allow_exec: true}
                """.formatted(tools);
        Files.writeString(tools.resolve("slow.yaml"), """
                tools:
                  - name: slow
                    description: Takes a minute.
                    annotations: {read_only: true}
                    exec: {command: ["sleep", "61.5"], timeout: 90}
                """);
        try (StdioClient owner = new StdioClient(launch(directory).configuration(yaml)).initialize(NOTHING);
                StdioClient client = new StdioClient(launch(directory).configuration(yaml)).initialize(ASKABLE)) {
            assertThat(ownerPid(directory)).isEqualTo(owner.pid());
            hearsOfTheOthersSave(client, owner);
            hasProgress(client);
            hearsOfNewTools(client, tools);
            takesBackACall(client);
            deletesWhenAsked(client);

            owner.save("notes", "pending");
            CompletableFuture<JsonObject> deletion = delete(client, "pending");
            JsonObject question = client.told("elicitation/create", any -> true);
            owner.handle().destroyForcibly();

            // The question of the process that is gone is taken back, and asked anew, because deleting twice is
            // harmless.
            client.told(
                    "notifications/cancelled", params -> question.getValue("id").equals(params.getValue("requestId")));
            accept(client, client.told("elicitation/create", any -> true));
            assertThat(isError(client.answer(deletion))).isFalse();

            try (StdioClient third = new StdioClient(launch(directory).configuration(yaml)).initialize(NOTHING)) {
                hearsOfTheOthersSave(client, third);
                assertThat(third.end()).isZero();
            }
            deletesWhenAsked(client);
            assertThat(client.faults()).isEmpty();
            assertThat(client.end()).as(client.stderr().text()).isZero();
            assertThat(client.stderr().text()).isEmpty();
        }
        assertThat(directory.resolve("data/owner/owner.json")).doesNotExist();
    }

    private static void hearsOfTheOthersSave(StdioClient client, StdioClient other) {
        if (client.lastId() == 1) {
            client.answer(client.ask("resources/subscribe", new JsonObject().put("uri", "storage://notes/watched")));
        }
        other.answer(other.save("notes", "watched"));
        client.told("notifications/resources/updated", params -> params.getString("uri")
                .endsWith("watched"));
    }

    private static void hasProgress(StdioClient client) {
        JsonArray documents = new JsonArray();
        for (int i = 0; i < 300; i++) {
            documents.add(new JsonObject().put("content", new JsonObject().put("n", i)));
        }
        JsonObject answer = client.answer(client.ask(
                "tools/call",
                new JsonObject()
                        .put("name", "storage_save")
                        .put(
                                "arguments",
                                new JsonObject().put("collection", "many").put("documents", documents))
                        .put("_meta", new JsonObject().put("progressToken", "token"))));
        assertThat(isError(answer)).isFalse();
        client.told("notifications/progress", params -> params.getInteger("progress")
                .equals(params.getInteger("total")));
    }

    private static void hearsOfNewTools(StdioClient client, Path tools) throws IOException {
        Files.writeString(tools.resolve("later.yaml"), ToolFile.answering("later", "1"));
        client.told("notifications/tools/list_changed", any -> true);
        assertThat(client.answer(client.ask("tools/list", NOTHING)).encode()).contains("\"later\"");
    }

    private static void takesBackACall(StdioClient client) {
        CompletableFuture<JsonObject> slow = client.call("slow", NOTHING);
        Awaitility.await("the program").atMost(Duration.ofSeconds(30)).until(() -> sleeps() == 1);
        client.tell("notifications/cancelled", new JsonObject().put("requestId", client.lastId()));
        Awaitility.await("the end of it").atMost(Duration.ofSeconds(30)).until(() -> sleeps() == 0);
        client.answer(client.ask("ping", NOTHING));
        assertThat(slow).isNotDone();
    }

    private static long sleeps() {
        return ProcessHandle.allProcesses()
                .filter(process ->
                        process.info().arguments().stream().flatMap(Stream::of).anyMatch("61.5"::equals))
                .count();
    }

    private static void deletesWhenAsked(StdioClient client) {
        client.answer(client.save("notes", "gone"));
        CompletableFuture<JsonObject> deletion = delete(client, "gone");
        accept(client, client.told("elicitation/create", any -> true));
        assertThat(client.answer(deletion).encode()).contains("\"deleted\":1");
    }

    private static CompletableFuture<JsonObject> delete(StdioClient client, String id) {
        return client.call(
                "storage_delete", new JsonObject().put("collection", "notes").put("ids", new JsonArray().add(id)));
    }

    private static void accept(StdioClient client, JsonObject question) {
        JsonObject content = new JsonObject();
        question.getJsonObject("params")
                .getJsonObject("requestedSchema")
                .getJsonObject("properties")
                .fieldNames()
                .forEach(name -> content.put(name, true));
        client.reply(question, new JsonObject().put("action", "accept").put("content", content));
    }

    @Test
    void theSdksOwnClientGoesOnWithTheNextOwnerAndNoticesNothing() throws Exception {
        try (StdioClient owner = new StdioClient(launch(directory)).initialize(NOTHING);
                SdkSession client = new SdkSession(
                        directory,
                        List.of(ServerLaunch.launcher().toString()),
                        launch(directory).environment())) {
            owner.answer(owner.save("notes", "of the owner"));
            assertThat(titles(client)).containsExactly("of the owner");

            owner.handle().destroyForcibly();

            assertThat(titles(client)).containsExactly("of the owner");
            client.call(
                    "storage_save",
                    StreamableClient.object()
                            .put("collection", "notes")
                            .set(
                                    "documents",
                                    StreamableClient.object()
                                            .arrayNode()
                                            .add(StreamableClient.object()
                                                    .put("id", "of the client")
                                                    .set("content", StreamableClient.object()))));
            assertThat(titles(client)).containsExactlyInAnyOrder("of the owner", "of the client");
        }
    }

    private static List<String> titles(SdkSession client) {
        List<String> ids = new ArrayList<>();
        JsonNode found = client.call("storage_query", StreamableClient.object().put("collection", "notes"));
        found.get("documents").forEach(document -> ids.add(document.get("id").asText()));
        return ids;
    }

    @Test
    void anOwnerWhoseClientLeavesHandsOverAndAServiceServesThemToo() throws Exception {
        try (StdioClient owner = new StdioClient(launch(directory)).initialize(NOTHING);
                StdioClient client = new StdioClient(launch(directory)).initialize(NOTHING)) {
            owner.answer(owner.save("notes", "a"));
            List<CompletableFuture<JsonObject>> saves = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                saves.add(client.save("shared", Integer.toString(i)));
            }

            assertThat(owner.end()).as(owner.stderr().text()).isZero();

            // Of an owner that ends in order no outcome is unknown.
            assertThat(saves).allSatisfy(save -> assertThat(isError(client.answer(save)))
                    .as(save.join().encode())
                    .isFalse());
            assertThere(
                    client,
                    Stream.iterate(0, i -> i + 1).limit(50).map(String::valueOf).toList());
            assertThat(client.end()).as(client.stderr().text()).isZero();
        }
        try (RunningServer service = launch(directory).serving("http-stream").startReady();
                StdioClient client = new StdioClient(launch(directory)).initialize(NOTHING)) {
            assertThat(ownerPid(directory)).isEqualTo(service.pid());
            assertThere(client, List.of("0", "49"));
            assertThat(service.stop()).isZero();
            assertThere(client, List.of("0", "49"));
            assertThat(client.end()).as(client.stderr().text()).isZero();
        }
    }

    @Test
    void aProgramThatIsConfiguredToDoLessIsRefusedWithTheKey() throws Exception {
        try (StdioClient owner = new StdioClient(launch(directory)).initialize(NOTHING)) {
            RunningServer refused = launch(directory)
                    .configuration("tools: {exclude: [\"storage_delete\"]}")
                    .runToEnd();
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.stderr().text()).contains("pid " + owner.pid(), "tools.exclude");
            assertThat(refused.stdout().text()).isEmpty();
        }
    }

    @Test
    void whatTheOwnerReadsAnewIsHeldAgainstWhoIsServedAlready() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        String less = "tools: {exclude: [\"storage_delete\"]}";
        try (StdioClient owner = new StdioClient(launch(directory).configuration(less)).initialize(NOTHING);
                StdioClient same = new StdioClient(launch(directory).configuration(less)).initialize(NOTHING);
                StdioClient other = new StdioClient(launch(elsewhere)
                                .configuration(less)
                                .env(
                                        "MCP_STORAGE_PATH",
                                        directory.resolve("data").toString()))
                        .initialize(NOTHING)) {
            List<StdioClient> all = List.of(owner, same, other);
            all.forEach(client -> assertThat(tools(client)).doesNotContain("storage_delete"));

            Files.writeString(directory.resolve("config.yaml"), "tools: {exclude: [\"storage_query\"]}");
            owner.signal("HUP");

            same.told("notifications/tools/list_changed", any -> true);
            assertThat(tools(same)).contains("storage_delete").doesNotContain("storage_query");
            same.answer(same.save("shared", "a"));
            assertThat(other.awaitExit()).isEqualTo(1);
            assertThat(other.stderr().text()).contains("pid " + owner.pid(), "tools.exclude");
            assertThat(all).allSatisfy(client -> assertThat(client.faults()).isEmpty());
            assertThat(same.end()).as(same.stderr().text()).isZero();
        }
    }

    @Test
    void aProcessThatPassesOnReadsItsOwnConfigurationAgainOnSighup() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        try (StdioClient owner = new StdioClient(launch(directory)).initialize(NOTHING);
                StdioClient client = new StdioClient(launch(elsewhere)
                                .configuration("tools: {exclude: []}")
                                .env(
                                        "MCP_STORAGE_PATH",
                                        directory.resolve("data").toString()))
                        .initialize(NOTHING)) {
            List<CompletableFuture<JsonObject>> saves = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                saves.add(client.save("shared", Integer.toString(i)));
                if (i == 50) {
                    client.signal("HUP");
                }
            }
            saves.forEach(save -> assertThat(isError(client.answer(save)))
                    .as(save.join().encode())
                    .isFalse());
            assertThere(
                    client, IntStream.range(0, 100).mapToObj(Integer::toString).toList());

            Files.writeString(elsewhere.resolve("config.yaml"), "tools: {exclude: 1}");
            client.signal("HUP");
            client.stderr()
                    .awaitLine(line -> line.contains("the configuration stays as it was"), Duration.ofSeconds(60));
            assertThat(tools(client)).contains("storage_delete");

            Files.writeString(elsewhere.resolve("config.yaml"), "tools: {exclude: [\"storage_delete\"]}");
            client.signal("HUP");

            assertThat(client.awaitExit()).isEqualTo(1);
            assertThat(client.stderr().text()).contains("pid " + owner.pid(), "tools.exclude");
            assertThat(client.faults()).isEmpty();
        }
    }

    @Test
    void aServiceWaitsForAFolderThatAnotherProcessHasAndIsNotReady() throws Exception {
        ServerLaunch service = launch(directory).serving("http-stream");
        try (StdioClient owner = new StdioClient(launch(directory)).initialize(NOTHING)) {
            owner.answer(owner.save("shared", "a"));
            try (RunningServer waiting = service.start()) {
                waiting.stderr().awaitLine(line -> line.contains("Listening"), Duration.ofSeconds(60));
                HttpResponse<String> ready = Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> get(waiting.uri("/q/health/ready")), answer -> answer.body()
                                .contains("in use by another server (pid " + owner.pid()));
                assertThat(ready.statusCode()).isEqualTo(503);
                assertThat(get(waiting.uri("/q/health/live")).statusCode()).isEqualTo(200);

                owner.handle().destroyForcibly();

                waiting.awaitReady(Duration.ofSeconds(60));
                try (StdioClient next = new StdioClient(launch(directory)).initialize(NOTHING)) {
                    assertThat(ownerPid(directory)).isEqualTo(waiting.pid());
                    assertThere(next, List.of("a"));
                }
                assertThat(waiting.stop()).isZero();
            }
        }
    }

    private static List<String> tools(StdioClient client) {
        return client.answer(client.ask("tools/list", NOTHING)).getJsonObject("result").getJsonArray("tools").stream()
                .map(tool -> ((JsonObject) tool).getString("name"))
                .toList();
    }

    private static HttpResponse<String> get(URI uri) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static ServerLaunch launch(Path folder) {
        return ServerLaunch.in(folder)
                .env("MCP_EMBEDDING_MODEL", "none")
                .env("XDG_CACHE_HOME", folder.resolve("cache").toString());
    }

    /** Kills the owner; returns the client that started it. */
    private static StdioClient kill(Path folder, List<StdioClient> clients) throws IOException {
        ProcessHandle owner = ProcessHandle.of(ownerPid(folder)).orElseThrow();
        StdioClient started = clients.stream()
                .filter(client -> client.pid() == owner.pid())
                .findFirst()
                .orElseThrow();
        owner.destroyForcibly();
        return started;
    }

    private static long ownerPid(Path folder) throws IOException {
        return Long.parseLong(
                new JsonObject(Files.readString(folder.resolve("data/owner/owner.json"))).getString("pid"));
    }

    private static boolean isError(JsonObject answer) {
        return !answer.containsKey("result") || answer.getJsonObject("result").getBoolean("isError", false);
    }
}
