package io.mcpserver.it;

import io.mcpserver.mcp.testing.RawHttp;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A Prometheus of the test's own, which reads one server each second; it keeps everything in one folder. */
final class PrometheusServer implements AutoCloseable {

    private static final String CONFIGURATION = """
            global: {scrape_interval: 1s}
            scrape_configs:
              - job_name: mcp-server
                metrics_path: %s
                authorization: {type: Bearer, credentials: %s}
                static_configs: [{targets: ["127.0.0.1:%d"]}]
            """;

    private final RunningServer process;

    private PrometheusServer(RunningServer process) {
        this.process = process;
    }

    /** Starts one that answers queries when this returns. */
    static PrometheusServer reading(RunningServer server, String path, ApiKey key, Path directory) {
        int port = ServerLaunch.freePort();
        try {
            Files.createDirectories(directory);
            Path file = Files.writeString(
                    directory.resolve("prometheus.yml"), CONFIGURATION.formatted(path, key.key(), server.port()));
            Process started = new ProcessBuilder(
                            "prometheus",
                            "--config.file=" + file,
                            "--storage.tsdb.path=" + directory.resolve("series"),
                            "--web.listen-address=127.0.0.1:" + port,
                            "--log.level=warn")
                    .directory(directory.toFile())
                    .start();
            PrometheusServer prometheus = new PrometheusServer(new RunningServer(started, port));
            try {
                return prometheus.awaitReady();
            } catch (RuntimeException | Error e) {
                prometheus.close();
                throw new AssertionError(
                        "prometheus: " + prometheus.process.stderr().text(), e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("This test needs prometheus; .ci/run installs it.", e);
        }
    }

    /** How many series a query finds now; a query that is refused fails with the reason. */
    int series(String query) {
        URI uri = process.uri("/");
        JsonObject answer = new JsonObject(
                RawHttp.get(uri, "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                        .header("Accept-Encoding", "identity")
                        .send()
                        .body());
        if (!"success".equals(answer.getString("status"))) {
            throw new AssertionError(query + ": " + answer.getString("error"));
        }
        return answer.getJsonObject("data").getJsonArray("result").size();
    }

    private PrometheusServer awaitReady() {
        Awaitility.await("prometheus")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .failFast(() -> !process.isRunning())
                .ignoreException(UncheckedIOException.class)
                .until(() -> RawHttp.get(process.uri("/"), "/-/ready").send().status() == 200);
        return this;
    }

    @Override
    public void close() {
        process.close();
    }
}
