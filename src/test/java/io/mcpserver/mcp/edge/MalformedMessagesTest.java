package io.mcpserver.mcp.edge;

import static io.mcpserver.mcp.testing.McpMessages.PING;
import static io.mcpserver.mcp.testing.McpMessages.beginSession;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.session.Sessions;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.RawHttp.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Whatever is posted is answered, leaves the server serving, and leaves no session behind. */
@QuarkusTest
class MalformedMessagesTest {

    /** Answered with 400 and a JSON-RPC error. */
    static final List<String> REFUSED = List.of(
            "",
            "{",
            "nonsense",
            "[]",
            "[1]",
            "[[]]",
            "[{'jsonrpc':'2.0','id':1,'method':'ping'},7]",
            "1",
            "null",
            "{}",
            "{'jsonrpc':'2.0'}",
            "{'jsonrpc':'1.0','id':1,'method':'ping'}",
            "{'jsonrpc':'2.0','id':1}",
            "{'jsonrpc':'2.0','id':{},'method':'ping'}",
            "{'jsonrpc':'2.0','id':1,'method':{}}",
            "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':[]}",
            "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':7}",
            "{'jsonrpc':'2.0','id':1,'method':'tools/call'}",
            "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{}}",
            "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':{}}}",
            "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'test_echo','arguments':[]}}",
            "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'test_echo','_meta':[]}}",
            "{'jsonrpc':'2.0','id':1,'method':'tools/list','params':{'cursor':{}}}",
            "{'jsonrpc':'2.0','id':1,'method':'completion/complete'}",
            "{'jsonrpc':'2.0','id':1,'method':'logging/setLevel'}",
            "{'jsonrpc':'2.0','id':1,'method':'resources/read'}",
            "{'jsonrpc':'2.0','id':1,'method':'prompts/get','params':{'arguments':[]}}",
            "{'jsonrpc':'2.0','id':1,'method':'initialize'}",
            "{'jsonrpc':'2.0','id':1,'method':'initialize','params':[]}",
            "{'jsonrpc':'2.0','id':1,'method':'initialize','params':{}}",
            "{'jsonrpc':'2.0','id':1,'method':'initialize','params':{'protocolVersion':1,'clientInfo':1}}",
            "{'jsonrpc':'2.0','method':'initialize','params':{'protocolVersion':'x','clientInfo':{'name':'c','version':'1'}}}",
            "{'jsonrpc':'2.0','id':1,'result':[]}",
            "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'arguments':" + "[".repeat(10_000)
                    + "]".repeat(10_000) + "}}",
            "[".repeat(10_000),
            "{'a':".repeat(10_000));

    /** Accepted with 202 and forgotten. */
    static final List<String> IGNORED = List.of(
            "{'jsonrpc':'2.0','id':1,'result':{}}",
            "{'jsonrpc':'2.0','id':'x','result':{}}",
            "{'jsonrpc':'2.0','id':99999999999999999999,'result':{}}",
            "{'jsonrpc':'2.0','id':null,'error':{}}",
            "{'jsonrpc':'2.0','error':{'code':-1,'message':'x'}}",
            "{'jsonrpc':'2.0','method':'notifications/unknown'}");

    @TestHTTPResource("/")
    URI server;

    @Inject
    Sessions sessions;

    @Inject
    OpenCalls calls;

    private String session;
    private int before;

    @BeforeEach
    void begin() {
        session = beginSession(server);
        before = sessions.count();
    }

    @AfterEach
    void theServerStillServesAndKeepsNothing() {
        assertThat(post(PING, session).status()).isEqualTo(200);
        assertThat(sessions.count()).isEqualTo(before);
        assertThat(calls.count()).isZero();
    }

    @ParameterizedTest
    @FieldSource("REFUSED")
    void malformedMessagesAreRefused(String body) {
        for (String inSession : Arrays.asList(null, session)) {
            Reply reply = post(body, inSession);
            assertThat(reply.status()).isEqualTo(400);
            JsonObject answer = new JsonObject(reply.body());
            assertThat(answer.getString("jsonrpc")).isEqualTo("2.0");
            assertThat(answer.containsKey("id")).isTrue();
            assertThat(answer.getJsonObject("error").getInteger("code")).isIn(-32700, -32600, -32602);
            assertThat(answer.getJsonObject("error").getString("message")).isNotBlank();
        }
    }

    @ParameterizedTest
    @FieldSource("IGNORED")
    void strayMessagesAreForgotten(String body) {
        for (String inSession : Arrays.asList(null, session)) {
            Reply reply = post(body, inSession);
            assertThat(reply.status()).isEqualTo(202);
            assertThat(reply.body()).isEmpty();
        }
    }

    @Test
    void threeHundredMalformedPostsLeaveNoSession() {
        for (int i = 0; i < 300; i++) {
            assertThat(post(REFUSED.get(i % REFUSED.size()), null).status()).isEqualTo(400);
        }
    }

    @Test
    void unknownMethodsAndToolsAreAnsweredUnderTheirId() {
        JsonObject method = new JsonObject(
                post("{'jsonrpc':'2.0','id':'m','method':'no/such'}", session).body());
        assertThat(method.getString("id")).isEqualTo("m");
        assertThat(method.getJsonObject("error").getInteger("code")).isEqualTo(-32601);

        JsonObject tool = new JsonObject(
                post("{'jsonrpc':'2.0','id':'t','method':'tools/call','params':{'name':'no_such'}}", session)
                        .body());
        assertThat(tool.getString("id")).isEqualTo("t");
        assertThat(tool.getJsonObject("error").getInteger("code")).isEqualTo(-32602);
    }

    @Test
    void aBodyOfTwentyMegabytesIsRefused() {
        byte[] body = new byte[20_000_000];
        Arrays.fill(body, (byte) ' ');

        Reply announced = RawHttp.post(server, "/mcp", "").body(body).send();
        assertThat(announced.status()).isEqualTo(413);
    }

    @Test
    void aBodyOfTwentyMegabytesThatWasNotAnnouncedIsRefused() {
        byte[] text = ("1312d00\r\n" + " ".repeat(20_000_000) + "\r\n0\r\n\r\n").getBytes(StandardCharsets.US_ASCII);

        Reply chunked = RawHttp.post(server, "/mcp", "")
                .body(text)
                .header("Content-Length", null)
                .header("Transfer-Encoding", "chunked")
                .send();
        assertThat(chunked.status()).isEqualTo(413);
    }

    private Reply post(String body, String inSession) {
        return RawHttp.post(server, "/mcp", body.replace('\'', '"'))
                .header("Mcp-Session-Id", inSession)
                .send();
    }
}
