package io.mcpserver.mcp.stateless;

import static io.mcpserver.mcp.testing.StatelessMessages.toCall;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.HttpTalk;
import io.mcpserver.mcp.testing.Profiles;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Profiles.HttpWithKeys.class)
class OtherCallersStateTest {

    private static final String TOOL = "test_input_required_result_elicitation";

    @TestHTTPResource("/")
    URI server;

    @Test
    void whatAliceWasAskedBobCannotAnswer() {
        try (HttpTalk alice = HttpTalk.stateless(server, Profiles.ALICE);
                HttpTalk bob = HttpTalk.stateless(server, Profiles.BOB)) {
            String state = alice.ask("tools/call", toCall(TOOL, new JsonObject(), "elicitation"))
                    .getJsonObject("result")
                    .getString("requestState");
            JsonObject again = toCall(TOOL, new JsonObject(), "elicitation")
                    .put(
                            "inputResponses",
                            StatelessContract.answers("user_name", StatelessContract.accepted("name", "Ann")))
                    .put("requestState", state);

            JsonObject refused = bob.ask("tools/call", again).getJsonObject("error");

            assertThat(refused.getInteger("code")).isEqualTo(-32602);
            assertThat(StatelessContract.text(alice.ask("tools/call", again))).isEqualTo("Hello, Ann!");
        }
    }
}
