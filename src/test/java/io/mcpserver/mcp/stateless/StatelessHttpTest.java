package io.mcpserver.mcp.stateless;

import static io.mcpserver.mcp.testing.StatelessMessages.CAPABILITIES_NAME;
import static io.mcpserver.mcp.testing.StatelessMessages.LOG_LEVEL_NAME;
import static io.mcpserver.mcp.testing.StatelessMessages.REVISION_NAME;
import static io.mcpserver.mcp.testing.StatelessMessages.call;
import static io.mcpserver.mcp.testing.StatelessMessages.post;
import static io.mcpserver.mcp.testing.StatelessMessages.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.message.JsonRpcError;
import io.mcpserver.mcp.session.Sessions;
import io.mcpserver.mcp.testing.OpenPost;
import io.mcpserver.mcp.testing.Profiles;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.RawHttp.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every request of the revision without sessions must say, and what is refused, over HTTP. */
@QuarkusTest
@TestProfile(Profiles.Http.class)
class StatelessHttpTest {

    private static final JsonObject NOTHING = new JsonObject();

    @TestHTTPResource("/")
    URI server;

    @Inject
    Sessions sessions;

    @ParameterizedTest
    @ValueSource(strings = {REVISION_NAME, CAPABILITIES_NAME})
    void aRequiredMemberOfMetaThatIsMissingIsNamed(String name) {
        JsonObject request = request(1, "server/discover", NOTHING);
        request.getJsonObject("params").getJsonObject("_meta").remove(name);

        Reply reply = post(server, request)
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", "server/discover")
                .send();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(error(reply).getInteger("code")).isEqualTo(JsonRpcError.INVALID_PARAMS);
        assertThat(error(reply).getString("message")).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'jsonrpc':'2.0','id':7,'method':'server/discover'}",
                "{'jsonrpc':'2.0','id':7,'method':'server/discover','params':{}}",
                "{'jsonrpc':'2.0','id':7,'method':'tools/list','params':{'_meta':{}}}"
            })
    void aRequestWithoutMetaIsRefusedUnderItsId(String body) {
        Reply reply = RawHttp.post(server, "/mcp", body.replace('\'', '"'))
                .header("MCP-Protocol-Version", "2026-07-28")
                .send();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(new JsonObject(reply.body()).getInteger("id")).isEqualTo(7);
        assertThat(error(reply).getInteger("code")).isEqualTo(JsonRpcError.INVALID_PARAMS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "[]", "{}", "true"})
    void aRevisionThatIsNoTextIsRefused(String value) {
        String body = request(1, "tools/list", NOTHING)
                .encode()
                .replace("\"" + REVISION_NAME + "\":\"2026-07-28\"", "\"" + REVISION_NAME + "\":" + value);

        Reply reply = RawHttp.post(server, "/mcp", body)
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", "tools/list")
                .send();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(error(reply).getInteger("code")).isEqualTo(JsonRpcError.INVALID_PARAMS);
    }

    @Test
    void anUnknownRevisionIsAnsweredWithThoseThatAreSpoken() {
        JsonObject request = request(1, "tools/list", NOTHING);
        request.getJsonObject("params").getJsonObject("_meta").put(REVISION_NAME, "2099-01-01");

        Reply reply = post(server, request).send();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(error(reply).getInteger("code")).isEqualTo(JsonRpcError.UNSUPPORTED_REVISION);
        assertThat(error(reply).getJsonObject("data"))
                .isEqualTo(new JsonObject()
                        .put("supported", new JsonArray().add("2026-07-28"))
                        .put("requested", "2099-01-01"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "MCP-Protocol-Version | none",
                "MCP-Protocol-Version | 2025-11-25",
                "MCP-Protocol-Version | 2099-01-01",
                "Mcp-Method | none",
                "Mcp-Method | tools/list",
                "Mcp-Method | Tools/Call",
                "Mcp-Name | none",
                "Mcp-Name | test_other",
                "Mcp-Name | TEST_ECHO",
                "Mcp-Name | =?base64?dGVzdF9lY2hv",
                "Mcp-Name | =?base64?dGVzdF9lY2h?=",
                "Mcp-Name | =?base64?!!!!?=",
                "Mcp-Name | =?base64?/////w==?=",
                "Mcp-Name | =?base64??="
            })
    void aHeaderThatDoesNotSayWhatTheBodySaysIsRefused(String header, String value) {
        Reply reply = post(server, call("a", "test_echo", new JsonObject().put("text", "x")))
                .header(header, value)
                .send();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(new JsonObject(reply.body()).getString("id")).isEqualTo("a");
        assertThat(error(reply).getInteger("code")).isEqualTo(JsonRpcError.HEADER_MISMATCH);
    }

    @ParameterizedTest
    @CsvSource({"MCP-Protocol-Version,2026-07-28", "Mcp-Method,tools/call", "Mcp-Name,test_echo"})
    void aHeaderThatIsThereTwiceIsRefused(String header, String value) {
        Reply reply = post(server, call(1, "test_echo", new JsonObject().put("text", "x")))
                .line(header + ": " + value)
                .send();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(error(reply).getInteger("code")).isEqualTo(JsonRpcError.HEADER_MISMATCH);
    }

    @ParameterizedTest
    @CsvSource({"mcp-name,test_echo", "MCP-NAME,=?base64?dGVzdF9lY2hv?="})
    void aNameMayComeInBase64AndHeaderNamesInAnyCase(String header, String value) {
        Reply reply = post(server, call(1, "test_echo", new JsonObject().put("text", "x")))
                .header("Mcp-Name", null)
                .header(header, value)
                .send();

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void aUriOfAResourceIsRepeatedInTheHeaderToo() {
        JsonObject read = request(1, "resources/read", new JsonObject().put("uri", "test://static-text"));

        assertThat(post(server, read).send().status()).isEqualTo(200);
        assertThat(error(post(server, read)
                                .header("Mcp-Name", "test://static-binary")
                                .send())
                        .getInteger("code"))
                .isEqualTo(JsonRpcError.HEADER_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ping",
                "initialize",
                "logging/setLevel",
                "resources/subscribe",
                "resources/unsubscribe",
                "no/such",
                "tasks/list"
            })
    void methodsThatAreGoneOrNeverWereAreNotFound(String method) {
        Reply reply = post(server, request(5, method, NOTHING)).send();

        assertThat(reply.status()).isEqualTo(404);
        assertThat(new JsonObject(reply.body()).getInteger("id")).isEqualTo(5);
        assertThat(error(reply).getInteger("code")).isEqualTo(JsonRpcError.METHOD_NOT_FOUND);
        assertThat(reply.header("Mcp-Session-Id")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "PUT"})
    void onlyPostIsTaken(String method) {
        Reply reply = RawHttp.method(server, method, "/mcp")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Accept", "text/event-stream")
                .header("Mcp-Session-Id", "anything")
                .send();

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("POST");
    }

    @Test
    void sessionsAndEventIdsAreIgnoredAndNoneAreMade() {
        int before = sessions.count();

        Reply reply = post(server, request(1, "tools/list", NOTHING))
                .header("Mcp-Session-Id", "no-such-session")
                .header("Last-Event-ID", "17")
                .send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Mcp-Session-Id")).isNull();
        assertThat(sessions.count()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1", "0", "-7", "\"a\"", "\"1\"", "\"\"", "1.5", "12345678901234567890", "9007199254740993"})
    void anIdComesBackAsItCame(String id) {
        for (JsonObject request : List.of(
                call("ID", "test_echo", new JsonObject().put("text", "x")),
                call("ID", "calculator_add", new JsonObject().put("a", 1).put("b", 2)),
                call("ID", "calculator_add", new JsonObject().put("a", "wrong")),
                call("ID", "test_input_required_result_elicitation", NOTHING, "elicitation"),
                request("ID", "server/discover", NOTHING),
                request("ID", "resources/read", new JsonObject().put("uri", "test://nothing")),
                request("ID", "no/such", NOTHING))) {
            byte[] body = request.encode().replace("\"ID\"", id).getBytes(StandardCharsets.UTF_8);

            assertThat(post(server, request).body(body).send().body()).contains("\"id\":" + id + ",");
        }
    }

    @Test
    void anUnknownToolIsRefusedUnderItsId() {
        Reply reply = post(server, call(3, "no_such", NOTHING)).send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(new JsonObject(reply.body()).getInteger("id")).isEqualTo(3);
        assertThat(error(reply).getInteger("code")).isEqualTo(JsonRpcError.INVALID_PARAMS);
    }

    @Test
    void aResourceThatIsNotThereIsAWrongParameterAndNamed() {
        for (String uri : List.of("test://nothing", "storage://nobody/nothing")) {
            Reply reply = post(server, request(1, "resources/read", new JsonObject().put("uri", uri)))
                    .send();

            assertThat(reply.status()).isEqualTo(200);
            assertThat(error(reply).getInteger("code")).isEqualTo(JsonRpcError.INVALID_PARAMS);
            assertThat(error(reply).getJsonObject("data")).isEqualTo(new JsonObject().put("uri", uri));
        }
    }

    @Test
    void aNotificationIsAcceptedWithoutAnAnswer() {
        for (String method : List.of("notifications/cancelled", "notifications/unknown")) {
            JsonObject notification = new JsonObject()
                    .put("jsonrpc", "2.0")
                    .put("method", method)
                    .put("params", new JsonObject().put("requestId", 1));

            Reply reply = RawHttp.post(server, "/mcp", notification.encode())
                    .header("MCP-Protocol-Version", "2026-07-28")
                    .header("Mcp-Method", method)
                    .send();

            assertThat(reply.status()).isEqualTo(202);
            assertThat(reply.body()).isEmpty();
        }
    }

    @Test
    void anAnswerOfAClientIsRefused() {
        Reply reply = RawHttp.post(server, "/mcp", "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")
                .header("MCP-Protocol-Version", "2026-07-28")
                .send();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(error(reply).getInteger("code")).isEqualTo(JsonRpcError.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"loud\"", "\"INFO\"", "1", "{}", "\"\""})
    void aLogLevelThatIsNoneIsRefused(String level) {
        JsonObject request = request(1, "tools/list", NOTHING);
        request.getJsonObject("params").getJsonObject("_meta").put(LOG_LEVEL_NAME, "LEVEL");

        Reply reply = post(server, request)
                .body(request.encode().replace("\"LEVEL\"", level).getBytes(StandardCharsets.UTF_8))
                .send();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(error(reply).getInteger("code")).isEqualTo(JsonRpcError.INVALID_PARAMS);
        assertThat(error(reply).getString("message")).contains(LOG_LEVEL_NAME);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"none,0", "debug,3", "info,3", "notice,0", "emergency,0"})
    void logsComeOnlyWhenAskedForAndFromThatLevelOn(String level, int lines) {
        for (String tool : List.of("test_logging_tool", "test_tool_with_logging")) {
            JsonObject request = call(1, tool, NOTHING);
            request.getJsonObject("params").getJsonObject("_meta").put(LOG_LEVEL_NAME, level);

            List<JsonObject> heard = heard(request);

            assertThat(heard.stream().filter(message -> "notifications/message".equals(message.getString("method"))))
                    .as(tool)
                    .hasSize(lines);
            assertThat(heard.getLast().getJsonObject("result").getBoolean("isError"))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"t\"", "12345678901234567890"})
    void progressComesOnTheStreamOfTheAnswerUnderItsToken(String token) {
        JsonObject request = call(1, "test_tool_with_progress", NOTHING);
        request.getJsonObject("params").getJsonObject("_meta").put("progressToken", "TOKEN");
        List<JsonObject> heard = new CopyOnWriteArrayList<>();

        try (OpenPost post = new OpenPost(
                post(server, request)
                        .body(request.encode().replace("\"TOKEN\"", token).getBytes(StandardCharsets.UTF_8)),
                heard::add)) {
            post.awaitEnd();
            assertThat(post.header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(post.header("X-Accel-Buffering")).isEqualTo("no");
        }

        assertThat(heard).hasSize(4);
        assertThat(heard.subList(0, 3)).allSatisfy(message -> {
            assertThat(message.getString("method")).isEqualTo("notifications/progress");
            assertThat(message.encode()).contains("\"progressToken\":" + token);
        });
        assertThat(heard.subList(0, 3))
                .extracting(message -> message.getJsonObject("params").getInteger("progress"))
                .containsExactly(0, 50, 100);
        assertThat(heard.getLast().containsKey("result")).isTrue();
    }

    private List<JsonObject> heard(JsonObject request) {
        List<JsonObject> heard = new CopyOnWriteArrayList<>();
        try (OpenPost post = new OpenPost(post(server, request), heard::add)) {
            post.awaitEnd();
        }
        return heard;
    }

    private static JsonObject error(Reply reply) {
        return new JsonObject(reply.body()).getJsonObject("error");
    }
}
