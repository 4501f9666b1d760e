package io.mcpserver.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(RequestTimeoutTest.OneSecond.class)
class RequestTimeoutTest {

    public static class OneSecond implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("mcp.performance.request_timeout", "1");
        }
    }

    @Test
    void aToolThatTakesLongerIsAnsweredForWithTimeout() {
        JsonNode error = new McpCalls().error(SlowTool.NAME, "{}");

        assertThat(error.path("code").asText()).isEqualTo("TIMEOUT");
        assertThat(error.path("message").asText()).contains(SlowTool.NAME, "1 s");
    }
}
