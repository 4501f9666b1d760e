package io.mcpserver.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.RawHttp.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ReloadOnPublicAddressTest.Public.class)
class ReloadOnPublicAddressTest {

    public static class Public implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("mcp.transport.host", "0.0.0.0");
        }
    }

    @TestHTTPResource("/")
    URI server;

    @Test
    void withoutAnyKeyNobodyReloadsThere() {
        Reply reply = RawHttp.post(server, "/reload-config", "").send();
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).contains("transport.host", "admin: true", "SIGHUP");
    }
}
