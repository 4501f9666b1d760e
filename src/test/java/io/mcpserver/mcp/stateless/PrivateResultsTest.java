package io.mcpserver.mcp.stateless;

import io.mcpserver.mcp.testing.HttpTalk;
import io.mcpserver.mcp.testing.Profiles;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Profiles.HttpWithKeys.class)
class PrivateResultsTest {

    @TestHTTPResource("/")
    URI server;

    @Test
    void whereAKeyIsDemandedNoResultIsForEverybody() {
        try (HttpTalk talk = HttpTalk.stateless(server, Profiles.ALICE)) {
            StatelessResultsTest.holdFor(talk, "private");
        }
    }
}
