package io.mcpserver.manual;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.*;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ManualServerTest.P.class)
class ManualServerTest {
    public static class P implements QuarkusTestProfile {
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.test-port",
                    "8802",
                    "quarkus.log.category.\"io.mcpserver.requests\".level",
                    "DEBUG",
                    "quarkus.log.console.json.enabled",
                    "false");
        }
    }

    @Test
    void run() throws Exception {
        for (int i = 0; i < 1800 && !Files.exists(Path.of("/tmp/stop-manual")); i++) Thread.sleep(1000);
    }
}
