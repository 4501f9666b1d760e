package io.mcpserver.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.insight.process.RemoteServer;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.RawHttp.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(AdminRoutesTest.WithKeys.class)
class AdminRoutesTest {

    private static final String ADMIN = "the key of the operator";
    private static final String CLIENT = "the key of a client";
    private static final String SECRET = "a secret of more than 32 characters";

    public static class WithKeys implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "mcp.security.api_keys",
                    "operator:" + sha256(ADMIN) + ":true,client:" + sha256(CLIENT),
                    "mcp.security.secret",
                    SECRET);
        }
    }

    @TestHTTPResource("/")
    URI server;

    @ParameterizedTest
    @ValueSource(strings = {"/admin/status", "/admin/memory", "/admin/latencies", "/admin/tools", "/admin/other"})
    void onlyAKeyWithAdminLooksInside(String path) {
        assertThat(RawHttp.get(server, path).send().status()).isEqualTo(401);
        Reply client = get(path, CLIENT);
        assertThat(client.status()).isEqualTo(403);
        assertThat(client.body()).contains("admin: true");
        assertThat(get(path, ADMIN).status()).isEqualTo(path.endsWith("other") ? 404 : 200);
    }

    @Test
    void statusTellsOfTheServerAndOfNoSecret() {
        String body = get("/admin/status", ADMIN).body();
        JsonObject status = new JsonObject(body);

        assertThat(status.getJsonObject("transport").getString("type")).isEqualTo("http-stream");
        assertThat(status.getJsonObject("store").getString("engine")).isEqualTo("duckdb");
        assertThat(status.getJsonObject("configuration").getInteger("keys")).isEqualTo(2);
        assertThat(status.getLong("pid")).isEqualTo(ProcessHandle.current().pid());
        assertThat(body).doesNotContain(ADMIN, CLIENT, SECRET, sha256(ADMIN), sha256(CLIENT));
    }

    @Test
    void theDataIsReadAndWrittenWithAnAdminKeyOnly() {
        assertThat(RawHttp.post(server, "/admin/data/stats", "").send().status())
                .isEqualTo(401);
        assertThat(data("stats", "", CLIENT).status()).isEqualTo(403);
        assertThat(data("import", "{\"collection\":\"taken\",\"id\":\"a\",\"content\":{\"n\":1}}\n", CLIENT)
                        .status())
                .isEqualTo(403);
        assertThat(RawHttp.get(server, "/admin/data/stats")
                        .header("Authorization", "Bearer " + ADMIN)
                        .send()
                        .status())
                .isEqualTo(404);

        RemoteServer operator = new RemoteServer(server, ADMIN);
        JsonObject imported = new JsonObject(operator.post(
                "/admin/data/import", "{\"collection\":\"taken\",\"id\":\"a\",\"version\":5,\"content\":{\"n\":1}}\n"));
        assertThat(imported.getInteger("saved")).isEqualTo(1);
        JsonObject snapshot = new JsonObject(operator.post("/admin/data/snapshot", "{\"collections\": [\"taken\"]}"));
        String id = snapshot.getString("id");
        assertThat(operator.post("/admin/data/page", id))
                .startsWith("{\"collection\":\"taken\",\"id\":\"a\",\"version\":5,")
                .endsWith("\"content\":{\"n\":1}}\n");
        assertThat(operator.post("/admin/data/page", id)).isEmpty();
        operator.post("/admin/data/end", id);
        assertThatThrownBy(() -> operator.post("/admin/data/page", id)).hasMessageContaining("is gone");
        assertThatThrownBy(() -> operator.post("/admin/data/import", "{\"collection\": 1}"))
                .hasMessageContaining("must have");
    }

    private Reply data(String operation, String body, String key) {
        return RawHttp.post(server, "/admin/data/" + operation, body)
                .header("Authorization", "Bearer " + key)
                .send();
    }

    @Test
    void callsAndErrorsAreCounted() {
        RawHttp.post(server, "/tools/call", call("{\"a\": 1, \"b\": 2}"))
                .header("Authorization", "Bearer " + CLIENT)
                .send();
        RawHttp.post(server, "/tools/call", call("{\"a\": 1}"))
                .header("Authorization", "Bearer " + CLIENT)
                .send();
        Logger.getLogger("io.example.test").error("The disk is on fire");

        JsonObject status = new JsonObject(get("/admin/status", ADMIN).body());
        JsonObject tool = named(status.getJsonArray("tools"), "calculator_add");
        JsonObject times =
                named(new JsonObject(get("/admin/latencies", ADMIN).body()).getJsonArray("tools"), "calculator_add");

        assertThat(tool.getLong("calls")).isEqualTo(2);
        assertThat(tool.getLong("errors")).isEqualTo(1);
        assertThat(times.getJsonArray("counts").stream()
                        .mapToLong(count -> ((Number) count).longValue())
                        .sum())
                .isEqualTo(2);
        assertThat(status.getJsonArray("errors").getJsonObject(0).getString("message"))
                .isEqualTo("The disk is on fire");
    }

    private static String call(String arguments) {
        return "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/call\", \"params\": {\"name\": \"calculator_add\","
                + " \"arguments\": " + arguments + "}}";
    }

    private static JsonObject named(JsonArray all, String name) {
        return all.stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Reply get(String path, String key) {
        return RawHttp.get(server, path)
                .header("Authorization", "Bearer " + key)
                .send();
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
