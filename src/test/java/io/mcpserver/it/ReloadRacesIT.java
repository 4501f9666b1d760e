package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.RawHttp.Reply;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** SIGHUP, POST and a change of the file at once, again and again. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGHUP")
class ReloadRacesIT {

    private static final int ROUNDS = 200;

    @TempDir
    Path folder;

    @Test
    void theGenerationOnlyGrowsAndTheLastConfigurationIsInForce() throws Exception {
        write(0);
        List<Long> generations = new ArrayList<>();
        try (RunningServer server = ServerLaunch.in(folder)
                        .serving("http-stream")
                        .args("--config", folder + "/config.yaml")
                        .startReady();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 1; round <= ROUNDS; round++) {
                int number = round;
                Future<Reply> post = threads.submit(() ->
                        RawHttp.post(server.uri("/"), "/reload-config", "").send());
                Future<?> signal = threads.submit(() -> {
                    server.signal("HUP");
                    return null;
                });
                write(number);
                Reply reply = post.get();
                signal.get();
                assertThat(reply.status()).as(reply.body()).isEqualTo(200);
                generations.add(new JsonObject(reply.body()).getLong("generation"));
                assertThat(bodyLimit(server)).isBetween(limit(0), limit(number));
            }

            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(bodyLimit(server))
                    .isEqualTo(limit(ROUNDS)));
            assertThat(generations).isSorted();
            String metrics = RawHttp.get(server.uri("/"), "/q/metrics").send().body();
            assertThat(metrics).contains("mcp_config_reloads_seconds_count{outcome=\"refused\"} 0");
            // Each version of the file took effect once at most.
            assertThat(generations.getLast()).isBetween(2L, ROUNDS + 1L);
            assertThat(server.stop()).isZero();
        }
    }

    private void write(int number) throws IOException {
        Path next = Files.writeString(folder.resolve("next"), "transport: {max_body_size: " + limit(number) + "}\n");
        Files.move(next, folder.resolve("config.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static long limit(int number) {
        return 1_000 + number;
    }

    /** What the server says of its limit when it refuses a body. */
    private static long bodyLimit(RunningServer server) {
        String body = RawHttp.post(server.uri("/"), "/tools/list", "{" + " ".repeat(5_000) + "}")
                .send()
                .body();
        return Long.parseLong(body.replaceAll("(?s).*max_body_size, ([0-9]+) bytes.*", "$1"));
    }
}
