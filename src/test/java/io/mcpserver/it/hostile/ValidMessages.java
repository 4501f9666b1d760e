package io.mcpserver.it.hostile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Stream;

/** Messages as proper clients send them, of both eras: what the hostile ones are made of. */
public final class ValidMessages {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String CLIENT = "{'name':'client','version':'1','title':'A client'}";

    private static final String META = "'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28',"
            + "'io.modelcontextprotocol/clientInfo':" + CLIENT + ","
            + "'io.modelcontextprotocol/clientCapabilities':{'elicitation':{},'sampling':{},'roots':{}},"
            + "'io.modelcontextprotocol/logLevel':'debug','progressToken':'token'}";

    /** Of the revisions that begin a session with {@code initialize}. */
    public static final List<JsonNode> STATEFUL = parsed(
            "{'jsonrpc':'2.0','id':1,'method':'initialize','params':{'protocolVersion':'2025-11-25','capabilities':"
                    + "{'roots':{'listChanged':true},'sampling':{},'elicitation':{}},'clientInfo':" + CLIENT + "}}",
            "{'jsonrpc':'2.0','id':2,'method':'ping'}",
            "{'jsonrpc':'2.0','id':'3','method':'tools/list','params':{'cursor':'bmV4dA'}}",
            "{'jsonrpc':'2.0','id':4,'method':'tools/list','params':{}}",
            "{'jsonrpc':'2.0','id':5,'method':'tools/call','params':{'name':'calculator_add','arguments':{'a':2,'b':3},"
                    + "'_meta':{'progressToken':7}}}",
            "{'jsonrpc':'2.0','id':6,'method':'tools/call','params':{'name':'storage_save','arguments':{'collection':"
                    + "'notes','documents':[{'id':'a','content':{'text':'word','year':2020,'tags':['x']}}]}}}",
            "{'jsonrpc':'2.0','id':7,'method':'tools/call','params':{'name':'storage_query','arguments':{'collection':"
                    + "'notes','filter':{'$and':[{'year':{'$gte':2000}},{'tags':{'$in':['x']}}]},'sort':['-year'],"
                    + "'limit':5}}}",
            "{'jsonrpc':'2.0','id':8,'method':'tools/call','params':{'name':'storage_search','arguments':{'query':"
                    + "'word','collection':'notes','limit':3}}}",
            "{'jsonrpc':'2.0','id':9,'method':'tools/call','params':{'name':'storage_load','arguments':{'collection':"
                    + "'notes','ids':['a','b']}}}",
            "{'jsonrpc':'2.0','id':10,'method':'tools/call','params':{'name':'storage_delete','arguments':"
                    + "{'collection':'notes','ids':['nothing']}}}",
            "{'jsonrpc':'2.0','id':11,'method':'tools/call','params':{'name':'storage_collections'}}",
            "{'jsonrpc':'2.0','id':12,'method':'resources/list','params':{}}",
            "{'jsonrpc':'2.0','id':13,'method':'resources/templates/list'}",
            "{'jsonrpc':'2.0','id':14,'method':'resources/read','params':{'uri':'storage://notes/a'}}",
            "{'jsonrpc':'2.0','id':15,'method':'resources/subscribe','params':{'uri':'storage://notes/a'}}",
            "{'jsonrpc':'2.0','id':16,'method':'resources/unsubscribe','params':{'uri':'storage://notes/a'}}",
            "{'jsonrpc':'2.0','id':17,'method':'prompts/list'}",
            "{'jsonrpc':'2.0','id':18,'method':'prompts/get','params':{'name':'how_to_use_storage','arguments':"
                    + "{'collection':'notes'}}}",
            "{'jsonrpc':'2.0','id':19,'method':'completion/complete','params':{'ref':{'type':'ref/resource','uri':"
                    + "'storage://{collection}/{id}'},'argument':{'name':'collection','value':'n'},'context':"
                    + "{'arguments':{'id':'a'}}}}",
            "{'jsonrpc':'2.0','id':20,'method':'logging/setLevel','params':{'level':'info'}}",
            "{'jsonrpc':'2.0','method':'notifications/initialized'}",
            "{'jsonrpc':'2.0','method':'notifications/cancelled','params':{'requestId':5,'reason':'none'}}",
            "{'jsonrpc':'2.0','method':'notifications/progress','params':{'progressToken':7,'progress':1,'total':2}}",
            "{'jsonrpc':'2.0','method':'notifications/roots/list_changed'}",
            "{'jsonrpc':'2.0','id':21,'result':{'roots':[{'uri':'file:///nowhere','name':'root'}]}}",
            "{'jsonrpc':'2.0','id':22,'result':{'action':'accept','content':{'a':1}}}",
            "{'jsonrpc':'2.0','id':23,'error':{'code':-32601,'message':'no','data':{'a':[1]}}}");

    /** Of revision 2026-07-28, in which every request stands for itself. */
    public static final List<JsonNode> STATELESS = parsed(
            "{'jsonrpc':'2.0','id':1,'method':'server/discover','params':{" + META + "}}",
            "{'jsonrpc':'2.0','id':2,'method':'tools/list','params':{" + META + "}}",
            "{'jsonrpc':'2.0','id':3,'method':'tools/call','params':{'name':'calculator_add','arguments':{'a':2,'b':3},"
                    + META + "}}",
            "{'jsonrpc':'2.0','id':4,'method':'tools/call','params':{'name':'storage_query','arguments':{'collection':"
                    + "'notes','filter':{'year':{'$gte':2000}}}," + META + "}}",
            "{'jsonrpc':'2.0','id':5,'method':'tools/call','params':{'name':'storage_search','arguments':{'query':"
                    + "'word'},'inputResponses':{'ask':{'action':'accept','content':{'name':'x'}},'roots':{'roots':"
                    + "[{'uri':'file:///nowhere'}]}},'requestState':'c2VhbGVkLWJ5LW5vYm9keQ'," + META + "}}",
            "{'jsonrpc':'2.0','id':6,'method':'tools/call','params':{'name':'calculator_add','arguments':{'a':1,'b':1},"
                    + "'inputResponses':{},'requestState':'AAAA.BBBB.CCCC'," + META + "}}",
            "{'jsonrpc':'2.0','id':7,'method':'resources/list','params':{" + META + "}}",
            "{'jsonrpc':'2.0','id':8,'method':'resources/read','params':{'uri':'storage://notes/a'," + META + "}}",
            "{'jsonrpc':'2.0','id':9,'method':'prompts/get','params':{'name':'how_to_use_storage','arguments':{'collection':"
                    + "'notes'}," + META + "}}",
            "{'jsonrpc':'2.0','id':10,'method':'completion/complete','params':{'ref':{'type':'ref/prompt','name':"
                    + "'how_to_use_storage'},'argument':{'name':'collection','value':''}," + META + "}}",
            "{'jsonrpc':'2.0','id':11,'method':'subscriptions/listen','params':{'notifications':{'toolsListChanged':"
                    + "true,'resourceSubscriptions':['storage://notes/a']}," + META + "}}",
            "{'jsonrpc':'2.0','id':12,'method':'subscriptions/listen','params':{'notifications':{}," + META + "}}",
            "{'jsonrpc':'2.0','id':13,'method':'initialize','params':{'protocolVersion':'2026-07-28','capabilities':{},"
                    + "'clientInfo':" + CLIENT + "," + META + "}}",
            "{'jsonrpc':'2.0','method':'notifications/cancelled','params':{'requestId':3," + META + "}}");

    private ValidMessages() {}

    private static List<JsonNode> parsed(String... messages) {
        return Stream.of(messages).map(ValidMessages::parsed).toList();
    }

    private static JsonNode parsed(String message) {
        try {
            return JSON.readTree(message.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(message, e);
        }
    }
}
