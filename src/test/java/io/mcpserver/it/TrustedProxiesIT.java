package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.EventReader;
import io.mcpserver.mcp.testing.McpMessages;
import io.mcpserver.mcp.testing.RawHttp;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Forwarding headers say something if a proxy in {@code transport.trusted_proxies} sends them, and nothing otherwise. */
@Tag("side-by-side")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "these tests start the launcher of sh")
class TrustedProxiesIT {

    private static final String LISTED = "mcp.example.com";
    private static final String PREFIX = "X-Forwarded-Prefix";
    private static final String HOST = "X-Forwarded-Host";

    @TempDir
    Path directory;

    @Test
    void aStrangersHeadersHaveNoEffect() throws IOException {
        for (String trusted : new String[] {"", "10.0.0.0/8,::1"}) {
            try (RunningServer server = launch("sse", trusted)) {
                assertThat(endpoint(server, PREFIX, "/team")).startsWith("/mcp/messages/");
                assertThat(status(server, HOST, "evil.example.com")).isEqualTo(200);
                assertThat(status(server, "Forwarded", "host=evil.example.com")).isEqualTo(200);
                assertThat(withHost(server, "evil.example.com", HOST, LISTED)).isEqualTo(403);
                assertThat(withHost(server, "evil.example.com", "Forwarded", "host=" + LISTED))
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void aTrustedProxySaysUnderWhichHostItWasAsked() throws IOException {
        try (RunningServer server = launch("http-stream", "127.1.2.3/8")) {
            assertThat(withHost(server, "upstream", HOST, LISTED)).isEqualTo(200);
            assertThat(withHost(
                            server, "upstream", "Forwarded", "for=10.1.1.1;host=\"" + LISTED + ":8443\";proto=https"))
                    .isEqualTo(200);
            assertThat(withHost(server, LISTED, "X-Forwarded-Proto", "https")).isEqualTo(200);
            assertThat(server.stderr().text()).doesNotContain("security issue");
            assertThat(withHost(server, "upstream", "X-Forwarded-For", "10.1.1.1"))
                    .isEqualTo(403);
        }
    }

    @Test
    void aForwardedHostMustBeAllowedJustTheSame() throws IOException {
        try (RunningServer server = launch("http-stream", "127.0.0.1")) {
            assertThat(status(server, HOST, "evil.example.com")).isEqualTo(403);
            assertThat(status(server, "Forwarded", "host=evil.example.com")).isEqualTo(403);
            assertThat(status(server, HOST, "evil.example.com, " + LISTED)).isEqualTo(403);
            assertThat(status(server, HOST, "localhost")).isEqualTo(200);
        }
    }

    @Test
    void headersThatContradictEachOtherAreRefused() throws IOException {
        try (RunningServer server = launch("http-stream", "127.0.0.1")) {
            int status = RawHttp.get(server.uri("/"), "/tools/list")
                    .header(HOST, LISTED)
                    .header("Forwarded", "host=localhost")
                    .send()
                    .status();

            assertThat(status).isBetween(400, 403);
        }
    }

    @Test
    void theEndpointOfAStreamCarriesThePrefixOfATrustedProxy() throws Exception {
        try (RunningServer server = launch("sse", "127.0.0.1");
                EventReader stream = new EventReader(RawHttp.get(server.uri("/"), "/sse")
                        .header(PREFIX, "/team/mcp-server/")
                        .header(HOST, LISTED)
                        .open())) {
            String endpoint = stream.next("endpoint");
            assertThat(endpoint).startsWith("/team/mcp-server/mcp/messages/");

            RawHttp.post(server.uri("/"), endpoint.substring("/team/mcp-server".length()), McpMessages.INITIALIZE)
                    .header(PREFIX, "/team/mcp-server/")
                    .send();

            JsonObject answer = stream.nextMessage();
            assertThat(answer.getJsonObject("result").getString("protocolVersion"))
                    .isEqualTo("2025-11-25");
        }
    }

    private RunningServer launch(String transport, String trusted) {
        return ServerLaunch.in(directory)
                .serving(transport)
                .env("MCP_EMBEDDING_MODEL", "none")
                .env("MCP_TRANSPORT_ALLOWED_HOSTS", LISTED)
                .env("MCP_TRANSPORT_TRUSTED_PROXIES", trusted)
                .startReady();
    }

    private static String endpoint(RunningServer server, String header, String value) throws IOException {
        try (EventReader stream = new EventReader(
                RawHttp.get(server.uri("/"), "/sse").header(header, value).open())) {
            return stream.next("endpoint");
        }
    }

    private static int status(RunningServer server, String header, String value) {
        return RawHttp.get(server.uri("/"), "/tools/list")
                .header(header, value)
                .send()
                .status();
    }

    private static int withHost(RunningServer server, String host, String header, String value) {
        return RawHttp.get(server.uri("/"), "/tools/list")
                .header("Host", host)
                .header(header, value)
                .send()
                .status();
    }
}
