package io.mcpserver.mcp.stdio;

import static io.mcpserver.mcp.testing.StatelessMessages.params;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.stateless.StatelessContract;
import io.mcpserver.mcp.testing.Profiles;
import io.mcpserver.mcp.testing.Talk;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Profiles.Http.class)
class StatelessOverStdioTest extends StatelessContract {

    @Override
    protected Talk talk() {
        return new StdioTalk();
    }

    @Override
    protected void takeBack(Talk talk, Object id) {
        talk.cancel(id);
    }

    @Test
    void theEndOfInputAnswersEveryStreamAndEndsTheTalk() {
        StdioTalk talk = new StdioTalk();
        int id = talk.begin(
                "subscriptions/listen",
                params(new JsonObject().put("notifications", new JsonObject().put("toolsListChanged", true))));
        talk.told("notifications/subscriptions/acknowledged");

        talk.end();

        JsonObject result = talk.answer(id).getJsonObject("result");
        assertThat(result.getString("resultType")).isEqualTo("complete");
        assertThat(result.getJsonObject("_meta").getInteger("io.modelcontextprotocol/subscriptionId"))
                .isEqualTo(id);
    }

    @Test
    void cancellingWhatIsUnknownOrOverDoesNothing() {
        try (StdioTalk talk = new StdioTalk()) {
            int over = talk.begin("tools/list", params(new JsonObject()));
            talk.answer(over);
            talk.cancel(over);
            talk.cancel("unknown");
            talk.cancel(null);

            assertThat(talk.ask("tools/list", params(new JsonObject())).containsKey("result"))
                    .isTrue();
        }
    }
}
