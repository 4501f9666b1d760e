package io.mcpserver.mcp.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.message.Incoming.Notification;
import io.mcpserver.mcp.message.Incoming.Refused;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.Incoming.Response;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {

    @Test
    void aRequestKeepsItsIdAsItCame() {
        assertThat(request("{'jsonrpc':'2.0','id':7,'method':'ping'}").id()).isEqualTo(7);
        assertThat(request("{'jsonrpc':'2.0','id':'7','method':'ping'}").id()).isEqualTo("7");
        assertThat(request("{'jsonrpc':'2.0','id':1.5,'method':'ping'}").id()).isEqualTo(1.5);
        assertThat(request("{'jsonrpc':'2.0','id':123456789012345678901,'method':'ping'}")
                        .id())
                .isEqualTo(new BigInteger("123456789012345678901"));
    }

    @Test
    void notificationsAndAnswersAreToldApart() {
        assertThat(read("{'jsonrpc':'2.0','method':'notifications/initialized'}"))
                .isInstanceOf(Notification.class);
        assertThat(read("{'jsonrpc':'2.0','id':3,'result':{}}")).isInstanceOf(Response.class);
        assertThat(read("{'jsonrpc':'2.0','id':3,'error':{'code':1,'message':'no'}}"))
                .isInstanceOf(Response.class);
        assertThat(read("{'jsonrpc':'2.0','id':null,'error':{'code':1,'message':'no'}}"))
                .isInstanceOf(Response.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{'jsonrpc':'2.0','id':1,'method':'pi",
                "{} {}",
                "nul",
                "{'a':01}",
                "{'a':1e999}",
                "{'jsonrpc':'2.0','id':1,'method':'ping',}",
                "{'jsonrpc':'2.0','id':'\\ud800','method':'ping'}",
                "{'jsonrpc':'2.0','id':'\\udc00\\ud800','method':'ping'}",
                "{'\\ud800':1}"
            })
    void whatIsNoJsonIsAParseError(String text) {
        assertThat(read(text)).isEqualTo(refusedWith(read(text), null, JsonRpcError.PARSE_ERROR));
    }

    @Test
    void bytesThatAreNoUtf8AreAParseError() {
        byte[] text = "{'a':'x'}".replace('\'', '"').getBytes(StandardCharsets.ISO_8859_1);
        text[6] = (byte) 0xC3;

        assertThat(((Refused) MessageReader.read(text)).code()).isEqualTo(JsonRpcError.PARSE_ERROR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{'jsonrpc':'2.0','id':1,'method':'ping'}]",
                "1",
                "null",
                "'x'",
                "{}",
                "{'jsonrpc':2.0,'method':'ping'}",
                "{'jsonrpc':'2.0','id':[1],'method':'ping'}",
                "{'jsonrpc':'2.0','id':{},'method':'ping'}",
                "{'jsonrpc':'2.0','id':true,'method':'ping'}",
                "{'jsonrpc':'2.0','id':null,'method':'ping'}",
                "{'jsonrpc':'2.0','method':'ping'}",
                "{'jsonrpc':'2.0','method':'initialize'}",
                "{'jsonrpc':'2.0','id':3,'result':{},'error':{}}",
                "{'jsonrpc':'2.0','id':3,'result':{},'method':'ping'}",
                "{'jsonrpc':'2.0','id':3,'result':7}",
                "{'jsonrpc':'2.0','id':3,'error':'no'}",
                "{'jsonrpc':'2.0','id':[],'result':{}}"
            })
    void whatIsNoMessageIsRefusedWithoutAnId(String text) {
        assertThat(read(text)).isEqualTo(refusedWith(read(text), null, JsonRpcError.INVALID_REQUEST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':9}",
                "{'jsonrpc':'1.0','id':9,'method':'ping'}",
                "{'jsonrpc':'2.0','id':9}",
                "{'jsonrpc':'2.0','id':9,'method':7}",
                "{'jsonrpc':'2.0','id':9,'method':null}",
                "{'jsonrpc':'2.0','id':9,'method':'notifications/initialized'}"
            })
    void aWrongRequestIsRefusedUnderItsId(String text) {
        assertThat(read(text)).isEqualTo(refusedWith(read(text), 9, JsonRpcError.INVALID_REQUEST));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tools/call | [] | params must be an object",
                "tools/call | 'x' | params must be an object",
                "tools/call | null | params.name is missing",
                "tools/call | {} | params.name is missing",
                "tools/call | {'name':7} | params.name must be a string",
                "tools/call | {'name':'x','arguments':[]} | params.arguments must be an object",
                "tools/call | {'name':'x','_meta':1} | params._meta must be an object",
                "tools/list | {'cursor':1} | params.cursor must be a string",
                "ping | [] | params must be an object",
                "prompts/get | {'name':'x','arguments':{'a':1}} | must be strings",
                "resources/read | {} | params.uri is missing",
                "resources/subscribe | {'uri':[]} | params.uri must be a string",
                "logging/setLevel | null | params.level is missing",
                "completion/complete | null | params.ref is missing",
                "completion/complete | {'ref':{},'argument':{}} | params.ref.type is missing",
                "completion/complete | {'ref':{'type':'x'},'argument':{'name':'a','value':''}} | params.ref.type must be",
                "completion/complete | {'ref':{'type':'ref/prompt'},'argument':{'name':'a','value':''}} | ref.name is missing",
                "completion/complete | {'ref':{'type':'ref/resource'},'argument':{'name':'a','value':''}} | ref.uri is missing",
                "completion/complete | {'ref':{'type':'ref/prompt','name':'p'}} | params.argument is missing",
                "initialize | null | params.protocolVersion is missing",
                "initialize | {'protocolVersion':1} | params.protocolVersion must be a string",
                "initialize | {'protocolVersion':'1'} | params.clientInfo is missing",
                "initialize | {'protocolVersion':'1','clientInfo':'x'} | params.clientInfo must be an object",
                "initialize | {'protocolVersion':'1','clientInfo':{'name':'c'}} | params.clientInfo.version is missing",
                "initialize | {'protocolVersion':'1','clientInfo':{'name':'c','version':'1'},'capabilities':[]} | capabilities must be an object",
                "initialize | {'protocolVersion':'1','clientInfo':{'name':'c','version':'1','icons':{}}} | icons must be an array",
                "initialize | {'protocolVersion':'1','clientInfo':{'name':'c','version':'1','icons':[{'src':'s','theme':'x'}]}} | icons must be an array",
                "initialize | {'protocolVersion':'1','clientInfo':{'name':'c','version':'1','icons':[{'src':'s','sizes':[1]}]}} | icons must be an array"
            })
    void wrongParamsAreNamed(String method, String params, String words) {
        Refused refused = (Refused) read("{'jsonrpc':'2.0','id':9,'method':'" + method + "','params':" + params + "}");

        assertThat(refused.code()).isEqualTo(JsonRpcError.INVALID_PARAMS);
        assertThat(refused.id()).isEqualTo(9);
        assertThat(refused.reason()).contains(words);
    }

    @Test
    void whatAClientMaySendPasses() {
        request(
                "{'jsonrpc':'2.0','id':1,'method':'initialize','params':{'protocolVersion':'2025-11-25','capabilities':{},"
                        + "'clientInfo':{'name':'c','version':'1','icons':[{'src':'s','theme':'dark','sizes':['1x1']}]}}}");
        request(
                "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'t','arguments':{'a':[1,2.5,null,true]}}}");
        request("{'jsonrpc':'2.0','id':1,'method':'prompts/get','params':{'name':'p','arguments':{'a':'b'}}}");
        request(
                "{'jsonrpc':'2.0','id':1,'method':'completion/complete','params':{'ref':{'type':'ref/prompt','name':'p'},"
                        + "'argument':{'name':'a','value':'\uD83D\uDE00'}}}");
        request("{'jsonrpc':'2.0','id':1,'method':'something/else','params':{}}");
    }

    @Test
    void nestingIsBounded() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);
        Refused refused =
                (Refused) read("{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'arguments':" + deep + "}}");
        assertThat(refused.code()).isEqualTo(JsonRpcError.INVALID_REQUEST);
        assertThat(refused.reason()).contains("200 levels");

        String allowed = "[".repeat(190) + "]".repeat(190);
        request("{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'x','arguments':{'a':" + allowed
                + "}}}");
    }

    @Test
    void aRefusalIsAJsonRpcError() {
        assertThat(((Refused) read("{'jsonrpc':'2.0','id':9}")).toJson().encode())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":9,\"error\":"
                        + "{\"code\":-32600,\"message\":\"The member method must be a string.\"}}");
    }

    private static Request request(String text) {
        Incoming message = read(text);
        assertThat(message).isInstanceOf(Request.class);
        return (Request) message;
    }

    private static Refused refusedWith(Incoming actual, Object id, int code) {
        return new Refused(id, code, actual instanceof Refused refused ? refused.reason() : "");
    }

    /** Quotes are single for the eye. */
    private static Incoming read(String text) {
        return MessageReader.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
