package io.mcpserver.mcp.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.McpMessages;
import io.mcpserver.mcp.testing.OpenPost;
import io.mcpserver.mcp.testing.Profiles;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.RawHttp.Reply;
import io.mcpserver.mcp.testing.StatelessMessages;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A member that is {@code null}, wherever it stands, is answered as if it were missing or wrong, never with a defect. */
@QuarkusTest
@TestProfile(Profiles.Http.class)
class NullMembersTest {

    /** One request that is well-formed for each method, with all that it may bring. */
    static final List<String> IN_SESSIONS = List.of(
            "initialize {'protocolVersion':'2025-11-25','capabilities':{'roots':{'listChanged':true},'sampling':{},"
                    + "'elicitation':{}},'clientInfo':{'name':'c','version':'1','title':'t','icons':[{'src':'s',"
                    + "'mimeType':'m','sizes':['1x1'],'theme':'dark'}],'websiteUrl':'u','description':'d'},'_meta':{}}",
            "ping {'_meta':{'progressToken':1}}",
            "tools/list {'cursor':'YQ','_meta':{'progressToken':1}}",
            "tools/call {'name':'test_echo','arguments':{'text':'x'},'_meta':{'progressToken':1}}",
            "tools/call {'name':'calculator_add','arguments':{'a':1,'b':2},'_meta':{'progressToken':1}}",
            "tools/call {'name':'storage_query','arguments':{'collection':'c','filter':{'a':1},'sort':['a'],'limit':1}}",
            "resources/list {'cursor':'YQ','_meta':{}}",
            "resources/templates/list {'cursor':'YQ','_meta':{}}",
            "resources/read {'uri':'test://static-text','_meta':{'progressToken':1}}",
            "resources/subscribe {'uri':'storage://a/b','_meta':{}}",
            "resources/subscribe {'uri':'test://watched-resource','_meta':{}}",
            "resources/unsubscribe {'uri':'storage://a/b','_meta':{}}",
            "prompts/list {'cursor':'YQ','_meta':{}}",
            "prompts/get {'name':'test_prompt_with_arguments','arguments':{'arg1':'1','arg2':'2'},'_meta':{}}",
            "completion/complete {'ref':{'type':'ref/prompt','name':'test_prompt_with_arguments','title':'t'},"
                    + "'argument':{'name':'arg1','value':'pa'},'context':{'arguments':{'a':'b'}},'_meta':{}}",
            "completion/complete {'ref':{'type':'ref/resource','uri':'storage://{collection}/{id}'},"
                    + "'argument':{'name':'id','value':'x'},'context':{'arguments':{'collection':'b'}},'_meta':{}}",
            "completion/complete {'ref':{'type':'ref/prompt','name':'test_prompt_with_arguments'},"
                    + "'argument':{'name':'arg1','value':'pa'},'context':{}}",
            "logging/setLevel {'level':'info','_meta':{}}",
            "no/such {'a':1,'_meta':{}}");

    static final List<String> WITHOUT_SESSIONS = List.of(
            "server/discover {}",
            "tools/list {'cursor':'YQ'}",
            "tools/call {'name':'test_echo','arguments':{'text':'x'},'inputResponses':{'a':{}},'requestState':'s'}",
            "tools/call {'name':'test_custom_header','arguments':{'region':'x','count':1}}",
            "tools/call {'name':'test_input_required_result_elicitation','arguments':{},"
                    + "'inputResponses':{'user_name':{'action':'accept','content':{'name':'Ann'}}}}",
            "resources/list {'cursor':'YQ'}",
            "resources/templates/list {'cursor':'YQ'}",
            "resources/read {'uri':'test://static-text','requestState':'s','inputResponses':{}}",
            "prompts/list {'cursor':'YQ'}",
            "prompts/get {'name':'test_prompt_with_arguments','arguments':{'arg1':'1','arg2':'2'},'inputResponses':{}}",
            "completion/complete {'ref':{'type':'ref/prompt','name':'test_prompt_with_arguments'},"
                    + "'argument':{'name':'arg1','value':'pa'},'context':{'arguments':{'a':'b'}}}",
            "no/such {'a':1}");

    @TestHTTPResource("/")
    URI server;

    @Inject
    OpenCalls calls;

    @AfterEach
    void nothingIsLeftOpen() {
        assertThat(calls.count()).isZero();
    }

    @ParameterizedTest
    @FieldSource("IN_SESSIONS")
    void inASession(String request) {
        String session = McpMessages.beginSession(server);
        for (JsonObject broken : broken(message(request))) {
            boolean begins = request.startsWith("initialize ");

            assertAnswered(
                    broken,
                    RawHttp.post(server, "/mcp", broken.encode())
                            .header("Mcp-Session-Id", begins ? null : session)
                            .send());
        }
    }

    @ParameterizedTest
    @FieldSource("WITHOUT_SESSIONS")
    void withoutASession(String request) {
        JsonObject message = message(request);
        JsonObject meta = StatelessMessages.meta("elicitation", "sampling", "roots")
                .put("progressToken", 1)
                .put(StatelessMessages.LOG_LEVEL_NAME, "info")
                .put(
                        "io.modelcontextprotocol/clientInfo",
                        new JsonObject().put("name", "c").put("version", "1"));
        message.getJsonObject("params").put("_meta", meta);
        for (JsonObject broken : broken(message)) {
            RawHttp post =
                    StatelessMessages.post(server, message).body(broken.encode().getBytes(StandardCharsets.UTF_8));

            assertAnswered(broken, post.send());
        }
    }

    @Test
    void aStreamOfChanges() {
        for (String member : List.of("toolsListChanged", "promptsListChanged", "resourceSubscriptions")) {
            JsonObject listen = StatelessMessages.request(
                    1, "subscriptions/listen", new JsonObject().put("notifications", new JsonObject().putNull(member)));

            try (var stream = new OpenPost(StatelessMessages.post(server, listen), message -> {})) {
                assertThat(stream.status()).as(member).isEqualTo(200);
            }
        }
    }

    @Test
    void notificationsAndAnswers() {
        String session = McpMessages.beginSession(server);
        for (String body : List.of(
                "{'jsonrpc':'2.0','method':'notifications/cancelled','params':null}",
                "{'jsonrpc':'2.0','method':'notifications/cancelled','params':{'requestId':null,'reason':null}}",
                "{'jsonrpc':'2.0','method':'notifications/initialized','params':null}",
                "{'jsonrpc':'2.0','method':'notifications/initialized','params':{'_meta':null}}",
                "{'jsonrpc':'2.0','method':'notifications/progress','params':null}",
                "{'jsonrpc':'2.0','method':'notifications/progress','params':{'progressToken':null,'progress':null}}",
                "{'jsonrpc':'2.0','method':'notifications/roots/list_changed','params':null}",
                "{'jsonrpc':'2.0','id':null,'error':{'code':null,'message':null}}",
                "{'jsonrpc':'2.0','id':'x','result':{'_meta':null}}")) {
            assertThat(RawHttp.post(server, "/mcp", body.replace('\'', '"'))
                            .header("Mcp-Session-Id", session)
                            .send()
                            .status())
                    .as(body)
                    .isEqualTo(202);
        }
    }

    private static JsonObject message(String request) {
        String[] parts = request.replace('\'', '"').split(" ", 2);
        return new JsonObject(McpMessages.request("n", parts[0], new JsonObject(parts[1])));
    }

    /** The message once for each member in {@code params} and below, with that member {@code null}. */
    private static List<JsonObject> broken(JsonObject message) {
        List<JsonObject> all = new ArrayList<>();
        for (List<String> path : paths(message.getJsonObject("params"), List.of("params"))) {
            JsonObject broken = message.copy();
            JsonObject parent = broken;
            for (String name : path.subList(0, path.size() - 1)) {
                parent = parent.getJsonObject(name);
            }
            parent.putNull(path.getLast());
            all.add(broken);
        }
        return all;
    }

    /** The paths to {@code object}, which is at {@code path}, and to all members of it and below. */
    private static List<List<String>> paths(JsonObject object, List<String> path) {
        List<List<String>> all = new ArrayList<>();
        all.add(path);
        for (String name : object.fieldNames()) {
            List<String> inner = Stream.concat(path.stream(), Stream.of(name)).toList();
            if (object.getValue(name) instanceof JsonObject member) {
                all.addAll(paths(member, inner));
            } else {
                all.add(inner);
            }
        }
        return all;
    }

    private static void assertAnswered(JsonObject broken, Reply reply) {
        String what = broken.encode() + " was answered " + reply.status() + " " + reply.body();
        assertThat(reply.status()).as(what).isIn(200, 400, 404);
        int begin = reply.body().lastIndexOf("data: ");
        JsonObject answer =
                new JsonObject(begin < 0 ? reply.body() : reply.body().substring(begin + 6));
        assertThat(answer.getString("id")).as(what).isEqualTo("n");
        if (answer.containsKey("error")) {
            assertThat(answer.getJsonObject("error").getInteger("code"))
                    .as(what)
                    .isNotEqualTo(-32603);
        }
        assertThat(reply.body()).as(what).doesNotContain("INTERNAL");
    }
}
