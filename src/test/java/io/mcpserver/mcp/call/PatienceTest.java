package io.mcpserver.mcp.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.stdio.StdioTalk;
import io.mcpserver.mcp.testing.HttpTalk;
import io.mcpserver.mcp.testing.PatientTool;
import io.mcpserver.mcp.testing.Profiles;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.Talk;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The deadline of a call stands still while its client answers; here it is two seconds. */
@QuarkusTest
@TestProfile(Profiles.TwoSeconds.class)
class PatienceTest {

    private static final Duration LONGER_THAN_THE_DEADLINE = Duration.ofSeconds(3);
    private static final JsonObject CAN_ASK = new JsonObject().put("elicitation", new JsonObject());

    @TestHTTPResource("/")
    URI server;

    @Test
    void aUserOverHttpMayTakeLongerThanTheDeadline() throws Exception {
        try (Talk talk = HttpTalk.inSession(server, null, CAN_ASK)) {
            answersLate(talk);
        }
    }

    @Test
    void aUserOverStdioMayTakeLongerThanTheDeadline() throws Exception {
        try (StdioTalk talk = new StdioTalk()) {
            talk.initialize(CAN_ASK);
            answersLate(talk);
        }
    }

    @Test
    void aToolMayNot() {
        try (Talk talk = HttpTalk.inSession(server, null, CAN_ASK)) {
            JsonObject answer = talk.call("test_block", new JsonObject().put("call", "late"));

            assertThat(answer.encode()).contains("TIMEOUT");
        }
    }

    @Test
    void aToolWithATimeLimitOfItsOwnMay() throws Exception {
        String plain = new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", 1)
                .put("method", "tools/call")
                .put("params", new JsonObject().put("name", PatientTool.NAME))
                .encode();
        try (Talk session = HttpTalk.inSession(server, null, CAN_ASK);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> withoutSession = threads.submit(
                    () -> RawHttp.post(server, "/tools/call", plain).send().body());
            JsonObject inSession = session.call(PatientTool.NAME, new JsonObject());

            assertThat(inSession.encode()).contains("worth the wait");
            assertThat(withoutSession.get()).contains("worth the wait");
        }
    }

    private static void answersLate(Talk talk) throws InterruptedException {
        int call = talk.beginCall("test_input_required_result_elicitation", new JsonObject());
        JsonObject question = talk.told("elicitation/create");
        Thread.sleep(LONGER_THAN_THE_DEADLINE);
        assertThat(talk.heard()).isEmpty();

        talk.reply(question, SessionContract.accepted("name", "Ann"));

        assertThat(SessionContract.text(talk.answer(call))).isEqualTo("Hello, Ann!");
    }
}
