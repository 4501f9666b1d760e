package io.mcpserver.mcp.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Servers for the tests of the transports; their stores search by words only, so that no model is loaded. */
public final class Profiles {

    public static final String ALICE = "Bearer first";
    public static final String BOB = "Bearer second";

    private static final String MODEL = "mcp.embedding.model";
    private static final String NO_MODEL = "none";

    private Profiles() {}

    /** Over Streamable HTTP. */
    public static class Http implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(MODEL, NO_MODEL);
        }
    }

    /** Over HTTP+SSE. */
    public static class Sse implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(MODEL, NO_MODEL, "mcp.transport.type", "sse");
        }
    }

    /** Over Streamable HTTP, with the keys of {@link #ALICE} and {@link #BOB}. */
    public static class HttpWithKeys implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    MODEL,
                    NO_MODEL,
                    "mcp.security.api_keys",
                    "alice:a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e,bob:16367aacb67a4a017c8da8ab95682ccb390863780f7114dda0a0e0c55644c7c4");
        }
    }

    /** Over Streamable HTTP, with two seconds for each call. */
    public static class TwoSeconds implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(MODEL, NO_MODEL, "mcp.performance.request_timeout", "2");
        }
    }
}
