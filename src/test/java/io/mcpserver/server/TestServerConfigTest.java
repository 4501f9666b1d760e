package io.mcpserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.ServerConfig.TransportType;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(TestServerConfigTest.ShortAnswers.class)
class TestServerConfigTest {

    public static class ShortAnswers implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("mcp.tools.max_result_bytes", "2kB");
        }
    }

    @Inject
    ServerConfig config;

    @Test
    void aTestProfileSetsKeysAndTheRestIsDefault() {
        assertThat(config.tools().maxResultBytes()).isEqualTo(2000);
        assertThat(config.transport().type()).isEqualTo(TransportType.HTTP_STREAM);
        assertThat(config.performance().maxConnections()).isEqualTo(1000);
        assertThat(config.storage().path().toString()).contains("target");
    }
}
