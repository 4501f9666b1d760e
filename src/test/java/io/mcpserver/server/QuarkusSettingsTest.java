package io.mcpserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.ConfigLoader;
import io.mcpserver.config.ConfigRequest;
import io.mcpserver.config.ConfigSchema;
import io.mcpserver.config.FlagValue;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuarkusSettingsTest {

    @Test
    void httpListensWhereTheConfigurationSays() {
        assertThat(settings(
                        "transport.type=sse",
                        "transport.host=::1",
                        "transport.port=1234",
                        "transport.max_body_size=2MB"))
                .containsEntry("quarkus.http.host-enabled", "true")
                .containsEntry("quarkus.http.host", "::1")
                .containsEntry("quarkus.http.port", "1234")
                .containsEntry("quarkus.http.limits.max-body-size", "2000000");
    }

    @Test
    void stdioListensNowhereAndIsSilentUnlessAsked() {
        assertThat(settings())
                .containsEntry("quarkus.http.host-enabled", "false")
                .containsEntry("quarkus.log.console.enabled", "false");
        assertThat(settings("logging.level=WARNING"))
                .containsEntry("quarkus.log.console.enabled", "true")
                .containsEntry("quarkus.log.level", "WARN");
        assertThat(settings("transport.type=sse")).containsEntry("quarkus.log.console.enabled", "true");
    }

    @Test
    void logsNeverGoToStandardOutput() {
        assertThat(settings("transport.type=sse")).containsEntry("quarkus.log.console.stderr", "true");
    }

    @Test
    void debugIsAboutThisProgramAndTheProtocol() {
        assertThat(settings("logging.level=DEBUG", "logging.format=json"))
                .containsEntry("quarkus.log.level", "INFO")
                .containsEntry("quarkus.log.category.\"io.mcpserver\".level", "DEBUG")
                .containsEntry("quarkus.log.console.json.enabled", "true");
        assertThat(settings("logging.level=ERROR"))
                .containsEntry("quarkus.log.level", "ERROR")
                .containsEntry("quarkus.log.console.json.enabled", "false");
    }

    @Test
    void nobodyIsBelievedAboutWhereARequestCameFromUnlessListed() {
        assertThat(settings("transport.type=sse"))
                .containsEntry("quarkus.http.proxy.proxy-address-forwarding", "false")
                .containsEntry("quarkus.http.proxy.allow-x-forwarded", "false");
        assertThat(settings("transport.type=sse", "transport.trusted_proxies=127.0.0.1,10.0.0.0/8,::1"))
                .containsEntry("quarkus.http.proxy.proxy-address-forwarding", "true")
                .containsEntry("quarkus.http.proxy.trusted-proxies", "127.0.0.1/32,10.0.0.0/8,::1/128");
    }

    @Test
    void workersAreThreads() {
        assertThat(settings("performance.worker_processes=3", "performance.max_connections=7"))
                .containsEntry("quarkus.vertx.event-loops-pool-size", "3")
                .containsEntry("quarkus.thread-pool.max-threads", "48")
                .containsEntry("quarkus.http.limits.max-connections", "7");
    }

    @Test
    void aTextIsNeverTakenForAnExpression() {
        assertThat(settings("server.name=${HOME} a\\b", "server.version=1", "server.instructions=pay $5"))
                .containsEntry("quarkus.mcp.server.server-info.name", "\\${HOME} a\\\\b")
                .containsEntry("quarkus.mcp.server.server-info.version", "1")
                .containsEntry("quarkus.mcp.server.server-info.instructions", "pay \\$5");
    }

    private static Map<String, String> settings(String... flags) {
        Path nowhere = Path.of("/nowhere");
        return QuarkusSettings.of(new ConfigLoader(ConfigSchema.load())
                .load(new ConfigRequest(
                        Optional.empty(),
                        Arrays.stream(flags)
                                .map(flag -> flag.split("=", 2))
                                .map(parts -> new FlagValue("test", parts[0], parts[1]))
                                .toList(),
                        Map.of(),
                        nowhere,
                        nowhere)));
    }
}
