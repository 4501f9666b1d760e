package io.mcpserver.it;

import io.mcpserver.it.PublicAddressConformanceIT.EveryAddress;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;

/** The official conformance suite, against a server that listens on every address and lists the hosts it goes by. */
@QuarkusTest
@TestProfile(EveryAddress.class)
class PublicAddressConformanceIT extends ConformanceContract {

    public static class EveryAddress implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.host", "0.0.0.0",
                    "mcp.transport.host", "0.0.0.0",
                    "mcp.transport.allowed_hosts", "mcp.example.com");
        }
    }
}
