package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.McpMessages;
import io.mcpserver.mcp.testing.RawHttp;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code status}, {@code memory}, {@code profile} and {@code doctor} against real servers, as their users run them. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "Servers are found by their port in /proc")
class LookInsideIT {

    private static final String ADMIN = "the key of the operator";
    private static final String CLIENT = "the key of a client";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path serverFolder;

    @TempDir
    Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = ServerLaunch.in(serverFolder)
                .measured()
                .configuration("""
                        security:
                          api_keys:
                            - {name: operator, sha256: "%s", admin: true}
                            - {name: client, sha256: "%s"}
                        backup: {interval: 3600, directory: "./backups"}
                        """.formatted(sha256(ADMIN), sha256(CLIENT)))
                .serving("http-stream")
                .startReady();
        assertThat(call("storage_save", """
                        {"collection": "notes", "documents": [{"content": {"text": "one"}}, {"content": {"text": "two"}}]}""")).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void statusByPortSaysWhatPeopleWantToKnow() {
        RunningServer status = run("status", "--port", port());

        assertThat(status.exitCode()).as(status.stderr().text()).isZero();
        assertThat(status.stdout().text())
                .contains("pid " + server.pid())
                .contains(serverFolder.resolve("config.yaml").toString())
                .contains("http-stream on http://127.0.0.1:" + port() + "/mcp")
                .contains("1 collection, 2 documents")
                .contains("2 API keys")
                .contains("storage_search")
                .doesNotContain(ADMIN, CLIENT, sha256(ADMIN), sha256(CLIENT));
        assertThat(status.stderr().text()).isEmpty();
    }

    @Test
    void statusByPidIsTheSameAsOverHttpWithAnAdminKey() throws IOException {
        JsonObject here =
                new JsonObject(run("status", "--json", "--pid", pid()).stdout().text());
        Path key = Files.writeString(folder.resolve("key"), ADMIN + "\n");
        JsonObject there = new JsonObject(
                run("status", "--json", "--url", server.uri("/mcp").toString(), "--key-file", key.toString())
                        .stdout()
                        .text());

        assertThat(here.getLong("pid")).isEqualTo(server.pid());
        for (String part : List.of("pid", "version", "started", "configuration", "transport", "store")) {
            assertThat(there.getValue(part)).as(part).isEqualTo(here.getValue(part));
        }
    }

    @Test
    void aKeyWithoutAdminAndNoKeyAreRefused() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), CLIENT);
        String url = server.uri("/").toString();

        assertFailed(run("status", "--url", url), "demands a key");
        assertFailed(run("status", "--url", url, "--key-file", key.toString()), "needs admin: true");
        assertFailed(run("status", "--url", url, "--key-file", folder + "/none"), "cannot be read");
    }

    @Test
    void memoryTellsItsPartsAndTheLargestClasses() {
        JsonObject memory = new JsonObject(run("memory", "--json", "--classes", "7", "--live", "--port", port())
                .stdout()
                .text());
        RunningServer table = run("--memory-profile", "--pid", pid());

        assertThat(memory.getJsonArray("classes")).hasSize(7);
        long rss = memory.getJsonObject("resident").getLong("rss_bytes");
        assertThat(rss).isBetween(50_000_000L, memory.getLong("limit_bytes"));
        assertThat(part(memory, "heap").getLong("used_bytes")).isBetween(1_000_000L, rss);
        assertThat(part(memory, "storage engine").getLong("used_bytes")).isPositive();
        assertThat(table.exitCode()).isZero();
        assertThat(table.stdout().text()).contains("heap", "metaspace", "mapped files", "byte[]", "resident (RSS)");
    }

    @Test
    void theServerMakesTheBackupsThatItsConfigurationAsksFor() {
        Path backups = serverFolder.resolve("backups");
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(backups)
                .isDirectoryContaining(file -> file.getFileName().toString().matches("mcp-server-[0-9-]+\\.tar\\.gz")));
        Path made = backups.toFile()
                .listFiles((folder, name) -> name.startsWith("mcp-server-"))[0]
                .toPath();
        assertThat(run("backup", "--verify", made.toString()).stdout().text()).startsWith("Whole and undamaged");
    }

    @Test
    void dataCommandsGoThroughTheServerThatHasTheFolder() throws IOException {
        Path file = folder.resolve("all.jsonl");
        String[] here = {
            "--config",
            serverFolder.resolve("config.yaml").toString(),
            "--data",
            serverFolder.resolve("data").toString()
        };
        RunningServer exported = run(with(here, "export", "--collection", "notes", "--output", file.toString()));
        assertThat(exported.exitCode()).as(exported.stderr().text()).isZero();
        assertThat(exported.stdout().text()).contains("Exported 2 documents", "the server with pid " + pid());
        assertThat(Files.readAllLines(file)).hasSizeGreaterThanOrEqualTo(2);

        RunningServer imported = run(with(here, "import", file.toString()));
        assertThat(imported.stdout().text()).contains("0 documents saved, 2 unchanged");
        RunningServer stats = run(with(here, "stats", "--json"));
        assertThat(new JsonObject(stats.stdout().text()).getInteger("documents"))
                .isEqualTo(2);

        String backup = folder.resolve("all.tar.gz").toString();
        run(with(here, "backup", "--output", backup));
        RunningServer other = run(with(here, "restore", "--input", backup, "--engine", "tinydb"));
        assertFailed(other, "cannot change over to tinydb: stop it, restore");
        RunningServer beside = run(with(here, "restore", "--input", backup, "--collection", "notes=notes-then"));
        assertThat(beside.stdout().text())
                .contains("Restored 1 collection", "the server with pid " + pid(), "2 documents saved");
    }

    private static String[] with(String[] options, String... command) {
        return Stream.concat(Stream.of(command), Stream.of(options)).toArray(String[]::new);
    }

    @Test
    void aServerOverStdioIsFoundByItsPid() {
        try (RunningServer stdio = ServerLaunch.in(folder).start()) {
            stdio.send("{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/list\"}");
            stdio.stdout().awaitLine(line -> line.contains("calculator_add"), PATIENCE);

            RunningServer status = run("status", "--pid", Long.toString(stdio.pid()));

            assertThat(status.exitCode()).as(status.stderr().text()).isZero();
            assertThat(status.stdout().text()).contains("transport      stdio", "not open yet");
            assertThat(stdio.stdout().lines()).as("nothing but the protocol").hasSize(1);
            assertThat(stdio.stderr().text()).isEmpty();
            // Two run now, at least: which one is meant must be said.
            assertFailed(run("status"), "say which with --pid");
        }
    }

    @Test
    void profileWritesAReportWhileTheServerGoesOn() throws Exception {
        Path report = folder.resolve("report.html");
        try (RunningServer profile = ServerLaunch.in(folder)
                .measured()
                .args("profile", "--duration", "3", "--port", port(), "--output", report.toString())
                .start()) {
            profile.stderr().awaitLine(line -> line.startsWith("Recording"), PATIENCE);
            for (int i = 0; i < 20; i++) {
                assertThat(call("calculator_add", "{\"a\": %d, \"b\": 1}".formatted(i)))
                        .isEqualTo(200);
                assertThat(call("storage_query", "{\"collection\": \"notes\"}")).isEqualTo(200);
            }
            assertThat(profile.awaitExit(PATIENCE)).as(profile.stderr().text()).isZero();
            assertThat(profile.stdout().text()).contains("Report: " + report);
        }
        Document page = Jsoup.parse(Files.readString(report));
        assertThat(page.select("#latency td.name").eachText()).contains("calculator_add", "storage_query", "query");
        assertThat(page.select("#do .finding, #do .fine")).isNotEmpty();
        assertThat(page.select("[src]")).isEmpty();
        assertThat(page.html()).doesNotContain(ADMIN, CLIENT);
    }

    @Test
    void ctrlCEndsTheRecordingAndStillWritesTheReport() throws Exception {
        Path report = folder.resolve("report.html");
        try (RunningServer profile = ServerLaunch.in(folder)
                .args("--profile", "--duration", "600", "--pid", pid(), "--output", report.toString())
                .start()) {
            profile.stderr().awaitLine(line -> line.startsWith("Recording"), PATIENCE);

            profile.signal("INT");

            assertThat(profile.awaitExit(PATIENCE)).isEqualTo(130);
        }
        assertThat(Files.readString(report)).contains("</html>");
        assertThat(call("calculator_add", "{\"a\": 1, \"b\": 1}")).isEqualTo(200);
    }

    @Test
    void theProgramProfilesItself() throws IOException {
        Path report = folder.resolve("report.html");
        RunningServer profile = run("profile", "--self", "--duration", "3", "--output", report.toString());

        assertThat(profile.exitCode()).as(profile.stderr().text()).isZero();
        Document page = Jsoup.parse(Files.readString(report));
        assertThat(page.select("#latency td.name").eachText()).contains("storage_save", "save", "search");
    }

    @Test
    void whatIsNoServerIsToldApart() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertFailed(
                    run("status", "--port", Integer.toString(socket.getLocalPort())),
                    "belongs to pid " + ProcessHandle.current().pid());
        }
        long self = ProcessHandle.current().pid();
        assertFailed(run("memory", "--pid", Long.toString(self)), "is no running mcp-server");
        assertFailed(run("profile", "--pid", "999999999"), "There is no process");
    }

    @Test
    void aJavaThatCannotAttachIsTold() {
        ServerLaunch small = ServerLaunch.in(folder)
                .env("MCP_JAVA_OPTS", "--limit-modules=java.se,jdk.unsupported,jdk.management,jdk.zipfs");

        assertFailed(small.args("status", "--pid", pid()).runToEnd(), "lacks the module jdk.attach");
    }

    @Test
    void theDoctorKnowsTheRunningServer() {
        RunningServer doctor = ServerLaunch.in(serverFolder)
                .measured()
                .args("doctor", "--config", serverFolder + "/config.yaml", "--transport", "http-stream")
                .args("--port", port())
                .runToEnd();

        assertThat(doctor.exitCode()).as(doctor.stdout().text()).isZero();
        assertThat(doctor.stdout().text())
                .contains("is served by mcp-server, pid " + server.pid())
                .contains("the server with pid " + server.pid() + " has it")
                .contains("all-minilm-l6-v2-q is present and works");
    }

    @Test
    void theDoctorTellsAPortThatIsTakenAndAFolderThatCannotBeWritten() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(folder.resolve("config.yaml"), "embedding: {model: none}\n");
            RunningServer doctor = ServerLaunch.in(folder)
                    .args("doctor", "--json", "--config", folder + "/config.yaml", "--data", "/proc/mcp-server")
                    .args("--transport", "sse", "--port", Integer.toString(socket.getLocalPort()))
                    .runToEnd();

            assertThat(doctor.exitCode()).isEqualTo(1);
            JsonObject found = new JsonObject(doctor.stdout().text());
            assertThat(found.getInteger("problems")).isEqualTo(2);
            assertThat(doctor.stdout().text())
                    .contains("is taken by pid " + ProcessHandle.current().pid())
                    .contains("/proc cannot be written by");
        }
    }

    @Test
    @Tag("system")
    void anotherUserIsKeptOut() throws Exception {
        Path copy = folder.resolve("program");
        run(new ProcessBuilder(
                "cp", "-a", ServerLaunch.launcher().getParent().getParent().toString(), copy.toString()));
        run(new ProcessBuilder("chmod", "-R", "a+rX", folder.toString()));
        ProcessBuilder nobody = new ProcessBuilder(
                "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", copy + "/bin/mcp-server", "status");
        nobody.environment().keySet().removeIf(name -> name.startsWith("MCP_"));
        nobody.environment().put("JAVA_HOME", System.getProperty("java.home"));

        nobody.command().addAll(List.of("--pid", pid()));
        assertThat(run(nobody)).contains("belongs to").contains("only its own user may look into it");
        nobody.command().removeAll(List.of("--pid", pid()));
        nobody.command().addAll(List.of("--port", port()));
        assertThat(run(nobody)).contains("belongs to another user (uid ");
    }

    /** What it wrote, both streams together. */
    private static String run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private RunningServer run(String... arguments) {
        return ServerLaunch.in(folder).measured().args(arguments).runToEnd();
    }

    private static void assertFailed(RunningServer command, String told) {
        assertThat(command.stderr().text()).contains(told).hasLineCount(1);
        assertThat(command.exitCode()).isEqualTo(1);
        assertThat(command.stdout().text()).isEmpty();
    }

    private static JsonObject part(JsonObject memory, String name) {
        JsonArray parts = memory.getJsonArray("parts");
        return parts.stream()
                .map(JsonObject.class::cast)
                .filter(part -> part.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static int call(String tool, String arguments) {
        return RawHttp.post(server.uri("/"), "/tools/call", McpMessages.call(1, tool, new JsonObject(arguments)))
                .header("Authorization", "Bearer " + CLIENT)
                .send()
                .status();
    }

    private static String port() {
        return Integer.toString(server.port());
    }

    private static String pid() {
        return Long.toString(server.pid());
    }

    private static String sha256(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
