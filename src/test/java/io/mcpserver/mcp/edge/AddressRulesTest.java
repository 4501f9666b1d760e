package io.mcpserver.mcp.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.ServerConfig.Transport;
import io.mcpserver.config.ServerConfig.TransportType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

    private static final AddressRules LOOPBACK = rules("127.0.0.1", List.of(), List.of());

    private static final AddressRules LISTED =
            rules("0.0.0.0", List.of("https://App.example.com"), List.of("mcp.example.com", "other.example.com:8443"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "localhost:8000",
                "127.0.0.1",
                "127.0.0.1:1",
                "127.0.0.2",
                "[::1]",
                "[::1]:8000",
                "[0:0::1]"
            })
    void loopbackHostsAreAlwaysLetIn(String host) {
        assertThat(LOOPBACK.allowHost(host)).isTrue();
        assertThat(LISTED.allowHost(host)).isTrue();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "evil.com",
                "localhost.evil.com",
                "localhost:8000.evil.com",
                "evil.com:localhost",
                "127.0.0.1.evil.com",
                "[::1",
                "::1",
                "localhost:80:80",
                "user@localhost",
                "0.0.0.0"
            })
    void otherHostsStayOut(String host) {
        assertThat(LOOPBACK.allowHost(host)).isFalse();
        assertThat(LISTED.allowHost(host)).isFalse();
    }

    @Test
    void listedHostsAreLetInWithThePortThatIsListedOrAny() {
        assertThat(LISTED.allowHost("mcp.example.com")).isTrue();
        assertThat(LISTED.allowHost("MCP.example.com:1234")).isTrue();
        assertThat(LISTED.allowHost("other.example.com:8443")).isTrue();
        assertThat(LISTED.allowHost("other.example.com")).isFalse();
        assertThat(LISTED.allowHost("other.example.com:80")).isFalse();
    }

    @Test
    void aPublicAddressWithoutListedHostsLetsLoopbackNamesInOnly() {
        AddressRules strict = rules("0.0.0.0", List.of(), List.of());

        assertThat(strict.allowHost("localhost:8000")).isTrue();
        assertThat(strict.allowHost("whatever.example.com")).isFalse();
        assertThat(strict.allowHost("127.example.com")).isFalse();
    }

    @Test
    void aStarLetsAnyHostInButNotAnyOrigin() {
        AddressRules open = rules("127.0.0.1", List.of(), List.of("*"));

        assertThat(open.allowHost("whatever.example.com")).isTrue();
        assertThat(open.allowOrigin("https://whatever.example.com")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "https://localhost:3000",
                "http://127.0.0.1:6274",
                "http://[::1]:5173",
                "HTTP://LOCALHOST"
            })
    void loopbackOriginsAreAlwaysLetIn(String origin) {
        assertThat(LOOPBACK.allowOrigin(origin)).isTrue();
        assertThat(LISTED.allowOrigin(origin)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "http://evil.com",
                "http://localhost.evil.com",
                "http://localhost@evil.com",
                "http://evil.com#localhost",
                "http://localhost/path",
                "http://user@localhost",
                "ftp://localhost",
                "localhost",
                "http://127.0.0.1.evil.com",
                "http://",
                "not a uri"
            })
    void otherOriginsStayOut(String origin) {
        assertThat(LOOPBACK.allowOrigin(origin)).isFalse();
        assertThat(LISTED.allowOrigin(origin)).isFalse();
    }

    @Test
    void listedOriginsAreLetInExactly() {
        assertThat(LISTED.allowOrigin("https://app.example.com")).isTrue();
        assertThat(LISTED.allowOrigin("https://app.example.com:444")).isFalse();
        assertThat(LISTED.allowOrigin("http://app.example.com")).isFalse();
        assertThat(LISTED.allowOrigin("https://app.example.com.evil.com")).isFalse();
    }

    @Test
    void whoSendsNoOriginIsNoBrowser() {
        assertThat(LOOPBACK.allowOrigin(null)).isTrue();
    }

    private static AddressRules rules(String host, List<String> origins, List<String> hosts) {
        return new AddressRules(new Transport(
                TransportType.HTTP_STREAM, host, 8000, origins, hosts, List.of(), 1_000, Duration.ofDays(1)));
    }
}
