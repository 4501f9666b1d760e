package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.mcpserver.mcp.testing.McpMessages;
import io.mcpserver.mcp.testing.RawHttp;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One replica really runs as {@code kubernetes/overlays/single} says: as root, with podman, runc and kubectl. */
@Tag("system")
class KubernetesPlayIT {

    private static final ApiKey KEY = ApiKey.of("laptop");
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofSeconds(15);

    @TempDir
    static Path folder;

    private static PodmanPod pod;

    @BeforeAll
    static void play() throws Exception {
        assumeThat(Podman.hasImage())
                .as("the build made no image; it does with -Pimage")
                .isTrue();
        new Podman(folder).load();
        pod = PodmanPod.play(Podman.IMAGE, KEY, folder);
        awaitReady();
    }

    @AfterAll
    static void end() {
        if (pod != null) {
            pod.close();
        }
    }

    private static void awaitReady() {
        Awaitility.await("readiness")
                .atMost(A_MINUTE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreException(UncheckedIOException.class)
                .failFast(() -> {
                    if (!pod.inspect("{{.State.Running}}").equals("true")) {
                        throw new AssertionError(pod.log());
                    }
                })
                .until(() -> probe("ready") == 200);
    }

    private static int probe(String which) {
        return RawHttp.get(pod.uri("/"), "/q/health/" + which)
                .header("Host", PodmanPod.ADDRESS + ":8000")
                .send()
                .status();
    }

    @Test
    void probesAreOpenAndTheRestNeedsTheKeyOfTheSecret() {
        assertThat(List.of(probe("started"), probe("live"), probe("ready"))).containsOnly(200);
        RawHttp list = RawHttp.get(pod.uri("/"), "/tools/list").header("Host", "mcp-server");
        assertThat(list.send().status()).isEqualTo(401);
        assertThat(list.header("Authorization", KEY.bearer()).send().status()).isEqualTo(200);
        assertThat(RawHttp.get(pod.uri("/"), "/q/metrics")
                        .header("Host", PodmanPod.ADDRESS + ":8000")
                        .header("Authorization", KEY.bearer())
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theContainerHasTheRightsAndTheLimitsOfTheManifest() {
        assertThat(pod.inspect("{{.Config.User}}")).isEqualTo("10001:10001");
        assertThat(pod.inspect("{{.HostConfig.ReadonlyRootfs}}")).isEqualTo("true");
        assertThat(pod.inspect("{{.HostConfig.SecurityOpt}}")).contains("no-new-privileges");
        assertThat(pod.inspect("{{.EffectiveCaps}}")).isEqualTo("[]");
        assertThat(pod.inspect("{{.HostConfig.Memory}}")).isEqualTo(Long.toString(512L * 1024 * 1024));
        assertThat(pod.inspect("{{.HostConfig.NanoCpus}}")).isEqualTo("500000000");
    }

    @Test
    void documentsOutliveTheContainer() {
        JsonObject document = new JsonObject().put("id", "kept").put("content", new JsonObject().put("a", 1));
        call(
                "storage_save",
                new JsonObject().put("collection", "notes").put("documents", new JsonArray().add(document)));

        assertThat(pod.stop(GRACE)).as(pod.log()).isZero();
        pod.start();
        awaitReady();

        assertThat(call(
                                "storage_load",
                                new JsonObject().put("collection", "notes").put("ids", new JsonArray().add("kept")))
                        .getJsonArray("documents"))
                .hasSize(1);
    }

    private static JsonObject call(String tool, JsonObject arguments) {
        JsonObject parameters = new JsonObject().put("name", tool).put("arguments", arguments);
        String body = RawHttp.post(pod.uri("/"), "/tools/call", McpMessages.request(1, "tools/call", parameters))
                .header("Authorization", KEY.bearer())
                .send()
                .body();
        JsonObject result = new JsonObject(body).getJsonObject("result");
        assertThat(result.getBoolean("isError")).as(body).isFalse();
        return result.getJsonObject("structuredContent");
    }
}
