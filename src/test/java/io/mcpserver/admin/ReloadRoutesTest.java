package io.mcpserver.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.RawHttp.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server on loopback that starts without any key. */
@QuarkusTest
class ReloadRoutesTest {

    private static final String ADMIN = "the key of the operator";
    private static final String CLIENT = "the key of a client";
    private static final String KEYS =
            "security: {api_keys: [{name: operator, sha256: %s, admin: true}, {name: client, sha256: %s}]}";

    @TestHTTPResource("/")
    URI server;

    @Inject
    LiveConfig live;

    @Inject
    ServerConfig atStart;

    private Path file;

    @BeforeEach
    void noFaultYet() throws IOException {
        file = atStart.storage().path().resolveSibling("config.yaml");
        write("");
    }

    @AfterEach
    void backToTheStart() throws IOException {
        write("");
        reload("").header("Authorization", "Bearer " + ADMIN).send();
        assertThat(live.now().security().apiKeys()).isEmpty();
    }

    @Test
    void theAnswerSaysWhatChangedWhatTookEffectAndWhatNeedsARestart() throws IOException {
        write("transport: {port: 9, allowed_hosts: [a.example]}");
        long before = live.generation();

        Reply reply = reload("").send();

        JsonObject done = new JsonObject(reply.body());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(done.getString("outcome")).isEqualTo("applied");
        assertThat(done.getLong("generation")).isEqualTo(before + 1).isEqualTo(live.generation());
        assertThat(done.getJsonArray("changed")).containsExactly("transport.port", "transport.allowed_hosts");
        assertThat(done.getJsonArray("applied")).containsExactly("transport.allowed_hosts");
        assertThat(done.getJsonArray("needs_restart"))
                .containsExactly(new JsonObject().put("key", "transport.port").put("in_force", 8000));
        assertThat(done.getJsonArray("problems").stream().map(Object::toString)).allMatch(p -> p.contains("warning"));
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
    }

    @Test
    void aDryRunSaysItAndDoesNothing() throws IOException {
        write("transport: {allowed_hosts: [b.example]}");
        long before = live.generation();

        Reply reply = reload("?dry_run=true").send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(new JsonObject(reply.body()).getString("outcome")).isEqualTo("dry_run");
        assertThat(live.generation()).isEqualTo(before);
        assertThat(reload("?dry_run=perhaps").send().status()).isEqualTo(400);
    }

    @Test
    void anInvalidFileIsAnsweredWithEveryFault() throws IOException {
        write("transport:\n  prot: 1\n  port: x\n");
        for (String query : new String[] {"", "?dry_run=true"}) {
            Reply reply = reload(query).send();

            assertThat(reply.status()).isEqualTo(422);
            assertThat(new JsonObject(reply.body())
                            .getJsonArray("problems").stream()
                                    .map(problem -> ((JsonObject) problem).getInteger("line")))
                    .containsExactly(2, 3);
        }
    }

    @Test
    void otherMethodsAreRefused() {
        Reply reply = RawHttp.get(server, "/reload-config").send();
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("allow")).isEqualTo("POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 127.0.0.1",
                "Forwarded: for=127.0.0.1",
                "Via: 1.1 proxy",
                "X-Real-IP: 127.0.0.1"
            })
    void withoutAnyKeyAProxyIsNotLetThrough(String header) {
        Reply reply = reload("").line(header).send();
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).contains("No key is configured", "a proxy", "admin: true");
    }

    @Test
    void theFirstAdminKeyOpensTheInsideAndClosesEverythingElseToOthers() throws IOException {
        assertThat(RawHttp.get(server, "/admin/status").send().status()).isEqualTo(404);
        assertThat(cacheScope("")).isEqualTo("public");
        withKeys();

        assertThat(RawHttp.get(server, "/admin/status").send().status()).isEqualTo(401);
        assertThat(admin("/admin/status").send().status()).isEqualTo(200);
        assertThat(reload("").send().status()).isEqualTo(401);
        Reply client = reload("").header("Authorization", "Bearer " + CLIENT).send();
        assertThat(client.status()).isEqualTo(403);
        assertThat(client.body()).contains("admin: true");
        assertThat(cacheScope(CLIENT)).isEqualTo("private");
    }

    @Test
    void theHistoryIsForAdminsAndHoldsNoSecret() throws IOException {
        withKeys();

        Reply reply = admin("/admin/reloads").send();

        JsonObject history = new JsonObject(reply.body());
        assertThat(history.getLong("generation")).isEqualTo(live.generation());
        assertThat(history.getJsonArray("reloads").getJsonObject(0).getJsonArray("applied"))
                .containsExactly("security.api_keys");
        assertThat(reply.body()).doesNotContain(ADMIN, CLIENT, sha256(ADMIN), sha256(CLIENT));
    }

    @Test
    void theGenerationIsInReadinessInDiscoveryInStatusAndInTheMetrics() throws IOException {
        withKeys();
        long generation = live.generation();

        JsonObject ready =
                new JsonObject(RawHttp.get(server, "/q/health/ready").send().body());
        assertThat(ready.toString()).contains("\"configuration_generation\":" + generation);
        assertThat(discover(CLIENT).getJsonObject("_meta").getLong("io.mcpserver/generation"))
                .isEqualTo(generation);
        assertThat(new JsonObject(admin("/admin/status").send().body())
                        .getJsonObject("configuration")
                        .getLong("generation"))
                .isEqualTo(generation);
        assertThat(admin("/q/metrics").send().body())
                .contains("mcp_config_generation " + generation + ".0")
                .containsPattern("mcp_config_reloads_seconds_count\\{outcome=\"applied\"} [1-9]");
    }

    @Test
    void toolFilesOfTheNextConfigurationAreNamedWhereTheyAreBrokenAndReadinessSaysWhyToTheOperator()
            throws IOException {
        Path tools = Files.createDirectory(file.resolveSibling("broken_tools"));
        Files.writeString(tools.resolve("a.yaml"), "tools:\n  - {name: fine, description: Fine., text: fine}\n");
        Path broken = Files.writeString(tools.resolve("b.yaml"), "tools:\n  - {nam: broken, secret: sesame}\n");
        write("tools: {directories: [\"%s\"]}".formatted(tools.toString().replace("\\", "/")));

        JsonObject done = new JsonObject(reload("").send().body());

        assertThat(done.getString("outcome")).isEqualTo("applied");
        assertThat(done.getJsonArray("quarantined"))
                .hasSize(1)
                .allMatch(name -> broken.endsWith(Path.of("" + name).getFileName()));
        String word = "1: b.yaml (fault)";
        String reason = "b.yaml:2: tools[0]: lacks \\\"name\\\"";
        assertThat(ready("")).contains(word, reason);
        for (String foreign : new String[] {"X-Forwarded-For: 127.0.0.1", "Origin: http://localhost:3000"}) {
            assertThat(ready(foreign)).contains(word).doesNotContain(reason);
        }
        assertThat(RawHttp.get(server, "/q/health/ready")
                        .header("Host", "rebound.example")
                        .send()
                        .body())
                .contains(word)
                .doesNotContain(reason);

        write(Files.readString(file) + "\n" + KEYS.formatted(sha256(ADMIN), sha256(CLIENT)));
        assertThat(reload("").send().status()).isEqualTo(200);
        assertThat(ready("")).contains(word).doesNotContain(reason);
        assertThat(ready("Authorization: Bearer " + CLIENT)).contains(word).doesNotContain(reason);
        assertThat(ready("Authorization: Bearer " + ADMIN))
                .contains(word, reason)
                .doesNotContain(tools.toString());
    }

    private String ready(String line) {
        RawHttp request = RawHttp.get(server, "/q/health/ready");
        return (line.isEmpty() ? request : request.line(line)).send().body();
    }

    private String cacheScope(String key) {
        return discover(key).getString("cacheScope");
    }

    private JsonObject discover(String key) {
        RawHttp request = RawHttp.post(server, "/mcp", """
                        {"jsonrpc": "2.0", "id": 1, "method": "server/discover", "params": {"_meta": {
                        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
                        "io.modelcontextprotocol/clientCapabilities": {}}}}""")
                .header("Mcp-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", "server/discover");
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return new JsonObject(request.send().body()).getJsonObject("result");
    }

    private void withKeys() throws IOException {
        write(KEYS.formatted(sha256(ADMIN), sha256(CLIENT)));
        assertThat(reload("").send().status()).isEqualTo(200);
    }

    private RawHttp admin(String path) {
        return RawHttp.get(server, path).header("Authorization", "Bearer " + ADMIN);
    }

    private RawHttp reload(String query) {
        return RawHttp.post(server, "/reload-config" + query, "");
    }

    private void write(String yaml) throws IOException {
        Files.writeString(file, yaml);
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
