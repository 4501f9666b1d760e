package io.mcpserver.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ToolTestProfile.class)
class StorageToolsTest {

    private McpCalls mcp;

    @BeforeEach
    void connect() {
        mcp = new McpCalls();
    }

    @Test
    void whatIsSavedIsLoadedAsItWas() {
        JsonNode saved = mcp.result(
                "storage_save",
                "{'collection':'load','documents':[{'id':'a','content':{'n':1,'s':'é 中'}},{'content':{'n':2}}]}");
        String made = saved.at("/saved/1/id").asText();
        assertThat(UUID.fromString(made).version()).isEqualTo(7);
        assertThat(saved.at("/saved/0")).isEqualTo(McpCalls.json("{\"id\":\"a\",\"version\":1,\"created\":true}"));

        JsonNode loaded = mcp.result(
                "storage_load", "{'collection':'load','ids':['a','no such id','" + made + "','a']}");
        assertThat(loaded.at("/documents")).hasSize(2);
        assertThat(loaded.at("/documents/0/content")).isEqualTo(McpCalls.json("{\"n\":1,\"s\":\"é 中\"}"));
        assertThat(loaded.at("/documents/1/id").asText()).isEqualTo(made);
        assertThat(Instant.parse(loaded.at("/documents/0/created").asText())).isBefore(Instant.now().plusSeconds(60));
        assertThat(loaded.at("/missing")).isEqualTo(McpCalls.json("[\"no such id\"]"));
        assertThat(loaded.has("note")).isFalse();
    }

    @Test
    void textRepeatsTheStructure() {
        mcp.result("storage_save", "{'collection':'text','documents':[{'id':'a','content':{'n':1}}]}");
        JsonNode result = mcp.call("storage_load", "{'collection':'text','ids':['a']}");
        assertThat(McpCalls.json(result.at("/content/0/text").asText())).isEqualTo(result.path("structuredContent"));
        assertThat(result.path("isError").asBoolean()).isFalse();
    }

    @Test
    void anExpectedVersionThatNoLongerHoldsIsAConflict() {
        String first = "{'collection':'conflict','documents':[{'id':'a','expected_version':0,'content':{}}]}";
        mcp.result("storage_save", first);
        JsonNode error = mcp.error("storage_save", first);
        assertThat(error.path("code").asText()).isEqualTo("CONFLICT");
        assertThat(error.path("retryable").asBoolean()).isTrue();
        assertThat(mcp.result(
                                "storage_save",
                                "{'collection':'conflict','documents':[{'id':'a','expected_version':1,'content':{}}]}")
                        .at("/saved/0/version")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void anIdTwiceInOneSaveIsRefused() {
        JsonNode error = mcp.error(
                "storage_save", "{'collection':'twice','documents':[{'id':'a','content':{}},{'id':'a','content':{}}]}");
        assertThat(error.path("code").asText()).isEqualTo("INVALID_ARGUMENT");
        assertThat(error.path("message").asText()).contains("\"a\" occurs twice");
    }

    @Test
    void aQueryIsFilteredSortedProjectedAndPaged() {
        mcp.result(
                "storage_save",
                "{'collection':'query','documents':[{'id':'a','content':{'year':2019,'name':'x'}},"
                        + "{'id':'b','content':{'year':2021,'name':'y','by':{'name':'Ann','age':3}}},"
                        + "{'id':'c','content':{'year':2022,'name':'z'}}]}");
        String query = "{'collection':'query','filter':{'year':{'$gte':2020}},'sort':['-year'],'limit':1%s}";
        ObjectNode first = mcp.result("storage_query", query.formatted(""));
        assertThat(first.at("/documents/0/id").asText()).isEqualTo("c");
        assertThat(first.at("/total").asInt()).isEqualTo(2);
        ObjectNode second = mcp.result(
                "storage_query",
                query.formatted(",'fields':['name','by.name'],'cursor':'" + first.at("/next_cursor").asText() + "'"));
        assertThat(second.at("/documents")).hasSize(1);
        assertThat(second.at("/documents/0/content"))
                .isEqualTo(McpCalls.json("{\"name\":\"y\",\"by\":{\"name\":\"Ann\"}}"));
        assertThat(second.has("next_cursor")).isFalse();
    }

    @Test
    void aQueryOfAnUnknownCollectionIsEmpty() {
        ObjectNode page = mcp.result("storage_query", "{'collection':'nothing-here'}");
        assertThat(page.at("/documents")).isEmpty();
        assertThat(page.at("/total").asInt()).isZero();
    }

    @Test
    void aBadFilterOrCursorSaysWhatWouldBeRight() {
        JsonNode filter = mcp.error("storage_query", "{'collection':'query','filter':{'year':{'$gt':{}}}}");
        assertThat(filter.path("code").asText()).isEqualTo("INVALID_ARGUMENT");
        assertThat(filter.path("message").asText()).contains("year");
        JsonNode cursor = mcp.error("storage_query", "{'collection':'query','cursor':'made up'}");
        assertThat(cursor.path("code").asText()).isEqualTo("INVALID_ARGUMENT");
    }

    @Test
    void deletesByIdsOrByFilterButNotByBothOrByNeither() {
        mcp.result(
                "storage_save",
                "{'collection':'delete','documents':[{'id':'a','content':{'n':1}},{'id':'b','content':{'n':2}},"
                        + "{'id':'c','content':{'n':2}}]}");
        assertThat(mcp.error("storage_delete", "{'collection':'delete'}").path("message").asText())
                .contains("exactly one");
        assertThat(mcp.error("storage_delete", "{'collection':'delete','ids':['a'],'filter':{'n':1}}")
                        .path("code")
                        .asText())
                .isEqualTo("INVALID_ARGUMENT");
        assertThat(mcp.error("storage_delete", "{'collection':'delete','filter':{}}")
                        .path("message")
                        .asText())
                .contains("$exists");
        assertThat(mcp.result("storage_delete", "{'collection':'delete','ids':['a','x','a']}")
                        .path("deleted")
                        .asInt())
                .isEqualTo(1);
        assertThat(mcp.result("storage_delete", "{'collection':'delete','filter':{'n':2}}")
                        .path("deleted")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void theWayToEmptyACollectionThatIsRecommendedWorks() {
        mcp.result("storage_save", "{'collection':'emptied','documents':[{'content':{}},{'content':{}}]}");
        assertThat(mcp.result("storage_delete", "{'collection':'emptied','filter':{'id':{'$exists':true}}}")
                        .path("deleted")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void aSearchFindsWhatWasJustSaved() {
        mcp.result(
                "storage_save",
                "{'collection':'search','documents':[{'id':'plan','content':{'title':'Release plan','text':'We ship on"
                        + " Friday.','team':'blue'}},{'id':'other','content':{'text':'Nothing of the kind.'}}]}");
        ObjectNode found = mcp.result(
                "storage_search",
                "{'query':'when do we ship?','collection':'search','mode':'words','explain':true,'limit':3}");
        assertThat(found.at("/hits/0/id").asText()).isEqualTo("plan");
        assertThat(found.at("/hits/0/collection").asText()).isEqualTo("search");
        assertThat(found.at("/hits/0/passage").asText()).contains("Friday");
        assertThat(found.at("/hits/0/document/content/team").asText()).isEqualTo("blue");
        assertThat(found.at("/hits/0/explanation").asText()).isNotBlank();
        assertThat(mcp.result("storage_search", "{'query':'ship friday','filter':{'team':'red'}}").at("/hits"))
                .isEmpty();
    }

    @Test
    void collectionsAreListedWithTheirSize() {
        mcp.result("storage_save", "{'collection':'listed','documents':[{'content':{'a':'b'}}]}");
        JsonNode listed = mcp.result("storage_collections", "{}").at("/collections");
        assertThat(listed).anySatisfy(collection -> {
            assertThat(collection.path("name").asText()).isEqualTo("listed");
            assertThat(collection.path("documents").asInt()).isEqualTo(1);
            assertThat(collection.path("bytes").asInt()).isEqualTo(9);
        });
    }

    @Test
    void theSampleToolAddsExactly() {
        JsonNode result = mcp.call("calculator_add", "{'a':0.1,'b':0.2}");
        assertThat(result.at("/structuredContent/sum").asText()).isEqualTo("0.3");
        assertThat(result.at("/content/0/text").asText()).isEqualTo("0.3");
        assertThat(mcp.error("calculator_add", "{'a':1}").path("message").asText())
                .isEqualTo("calculator_add needs the argument \"b\" (The second number).");
    }
}
