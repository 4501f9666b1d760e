package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.openshift.api.model.monitoring.v1.Endpoint;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.mcpserver.kubernetes.AlertRules;
import io.mcpserver.kubernetes.Dashboard;
import io.mcpserver.kubernetes.Manifests;
import io.mcpserver.kubernetes.Query;
import io.mcpserver.mcp.testing.McpMessages;
import io.mcpserver.mcp.testing.RawHttp;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard and the alert rules in {@code kubernetes/overlays/monitoring} ask for what a real server tells. */
@Tag("side-by-side")
@Tag("system")
class MonitoringIT {

    private static final ApiKey KEY = ApiKey.of("prometheus");

    /** What Prometheus itself says of each target. */
    private static final Set<String> OF_PROMETHEUS = Set.of("up");

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static PrometheusServer prometheus;

    @BeforeAll
    static void start() {
        ServerLaunch launch = ServerLaunch.in(folder).env("MCP_SECURITY_API_KEYS", KEY.listed());
        // A small young generation, so that garbage is collected at once.
        String options = launch.environment().getOrDefault("MCP_JAVA_OPTS", "") + " -Xmn8m";
        server = launch.env("MCP_JAVA_OPTS", options).serving("http-stream").startReady();
        beUsed(server.uri("/"));
        prometheus = PrometheusServer.reading(server, endpoint().getPath(), KEY, folder.resolve("prometheus"));
    }

    @AfterAll
    static void stop() {
        Stream.of(prometheus, server).filter(running -> running != null).forEach(MonitoringIT::close);
    }

    private static void close(AutoCloseable running) {
        try {
            running.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Endpoint endpoint() {
        return Manifests.read(Path.of("kubernetes/overlays/monitoring/servicemonitor.yaml"))
                .only(ServiceMonitor.class)
                .getSpec()
                .getEndpoints()
                .getFirst();
    }

    /** Calls of every era, which go well and which do not. */
    private static void beUsed(URI uri) {
        JsonObject document = new JsonObject().put("content", new JsonObject().put("text", "a red apple"));
        call(uri, "storage_save", Map.of("collection", "fruit", "documents", new JsonArray().add(document)));
        call(uri, "storage_search", Map.of("query", "apple"));
        call(uri, "storage_delete", Map.of("collection", "fruit", "ids", new JsonArray().add("none")));
        call(uri, "calculator_add", Map.of("a", "one"));
        assertThat(keyed(ModernEra.post(uri, 1, "tools/call", ModernEra.add(1, 2)))
                        .send()
                        .status())
                .isEqualTo(200);
        assertThat(keyed(RawHttp.post(uri, "/mcp", McpMessages.INITIALIZE))
                        .send()
                        .status())
                .isEqualTo(200);
        assertThat(RawHttp.get(uri, "/tools/list").send().status()).isEqualTo(401);
    }

    private static void call(URI uri, String tool, Map<String, Object> arguments) {
        JsonObject parameters = new JsonObject().put("name", tool).put("arguments", new JsonObject(arguments));
        assertThat(keyed(RawHttp.post(uri, "/tools/call", McpMessages.request(1, "tools/call", parameters)))
                        .send()
                        .status())
                .isEqualTo(200);
    }

    private static RawHttp keyed(RawHttp request) {
        return request.header("Authorization", KEY.bearer());
    }

    @Test
    void everyMetricExists() throws Exception {
        String told =
                keyed(RawHttp.get(server.uri("/"), endpoint().getPath())).send().body();
        Set<String> names = told.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
        Set<String> asked = new TreeSet<>();
        everyQuery().map(Query::metrics).forEach(asked::addAll);

        assertThat(asked).hasSizeGreaterThan(30);
        asked.removeAll(OF_PROMETHEUS);
        assertThat(names).containsAll(asked);
    }

    @Test
    void everyQueryOfTheDashboardIsAnswered() throws Exception {
        assertThat(unanswered(Dashboard.read().queries())).isEmpty();
    }

    /** An alert that does not fire answers nothing, and a grouping by a label that is not there does not fail. */
    @Test
    void everyLabelIsOneOfTheMetricsOfItsQuery() throws Exception {
        List<Query> labels = everyQuery()
                .flatMap(query -> query.labels().stream().map(label -> new Query(query.place(), having(query, label))))
                .distinct()
                .toList();

        assertThat(labels).hasSizeGreaterThan(20);
        assertThat(unanswered(labels)).isEmpty();
    }

    private static String having(Query query, String label) {
        return query.metrics().stream()
                .map(metric -> metric + "{" + label + "!=\"\"}")
                .collect(Collectors.joining(" or "));
    }

    private static Stream<Query> everyQuery() throws IOException {
        return Stream.concat(Dashboard.read().queries().stream(), AlertRules.read().queries().stream());
    }

    /** A rate needs two readings, which are a second apart. */
    private static List<Query> unanswered(List<Query> queries) {
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> silent(queries).isEmpty());
        } catch (ConditionTimeoutException e) {
            return silent(queries);
        }
        return List.of();
    }

    private static List<Query> silent(List<Query> queries) {
        return queries.stream()
                .filter(query -> prometheus.series(query.text()) == 0)
                .toList();
    }
}
