package io.mcpserver.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ToolTestProfile.class)
class ResourcesAndPromptTest {

    private static final String COMPLETE =
            "{'ref':{'type':'ref/resource','uri':'storage://{collection}/{id}'},'argument':{'name':'%s','value':'%s'}%s}";

    private McpCalls mcp;

    @BeforeEach
    void save() {
        mcp = new McpCalls();
        mcp.result(
                "storage_save",
                "{'collection':'shelf','documents':[{'id':'a/b é','content':{'n':1}},{'id':'a-c','content':{}},"
                        + "{'id':'b','content':{}}]}");
    }

    @Test
    void aDocumentIsAResource() {
        JsonNode read = mcp.ask("resources/read", "{'uri':'storage://shelf/a%2Fb%20%C3%A9'}");
        assertThat(read.at("/contents/0/mimeType").asText()).isEqualTo("application/json");
        assertThat(read.at("/contents/0/uri").asText()).isEqualTo("storage://shelf/a%2Fb%20%C3%A9");
        JsonNode document = McpCalls.json(read.at("/contents/0/text").asText());
        assertThat(document.path("id").asText()).isEqualTo("a/b é");
        assertThat(document.path("content")).isEqualTo(McpCalls.json("{\"n\":1}"));
    }

    @Test
    void aDocumentThatDoesNotExistIsNoResource() {
        JsonNode error = mcp.ask("resources/read", "{'uri':'storage://shelf/nothing'}");
        assertThat(error.path("code").asInt()).isEqualTo(-32002);
        assertThat(error.path("message").asText()).contains("no document").contains("nothing");
        assertThat(mcp.ask("resources/read", "{'uri':'storage://shelf/%zz'}").path("code").asInt())
                .isEqualTo(-32602);
    }

    @Test
    void theTemplateIsListed() {
        assertThat(mcp.ask("resources/templates/list", "{}").at("/resourceTemplates"))
                .anySatisfy(template -> assertThat(template.path("uriTemplate").asText())
                        .isEqualTo("storage://{collection}/{id}"));
    }

    @Test
    void collectionsAndIdsAreCompleted() {
        JsonNode collections = mcp.ask("completion/complete", COMPLETE.formatted("collection", "she", ""));
        assertThat(collections.at("/completion/values")).contains(McpCalls.json("\"shelf\""));
        JsonNode ids = mcp.ask(
                "completion/complete",
                COMPLETE.formatted("id", "a", ",'context':{'arguments':{'collection':'shelf'}}"));
        assertThat(ids.at("/completion/values")).isEqualTo(McpCalls.json("[\"a-c\",\"a%2Fb%20%C3%A9\"]"));
        assertThat(ids.at("/completion/total").asInt()).isEqualTo(2);
        assertThat(mcp.ask("completion/complete", COMPLETE.formatted("id", "", "")).at("/completion/values"))
                .isEmpty();
    }

    @Test
    void thePromptTeachesTheStoreAndShowsWhatItHolds() {
        String all = mcp.ask("prompts/get", "{'name':'how_to_use_storage'}").at("/messages/0/content/text").asText();
        assertThat(all).contains("storage_search").contains("expected_version").contains("- shelf: 3 documents");
        String one = mcp.ask("prompts/get", "{'name':'how_to_use_storage','arguments':{'collection':'new'}}")
                .at("/messages/0/content/text")
                .asText();
        assertThat(one).contains("- new: empty").doesNotContain("shelf");
    }

    @Test
    void thePromptsArgumentIsCompleted() {
        JsonNode completed = mcp.ask(
                "completion/complete",
                "{'ref':{'type':'ref/prompt','name':'how_to_use_storage'},'argument':{'name':'collection','value':'s'}}");
        assertThat(completed.at("/completion/values")).contains(McpCalls.json("\"shelf\""));
    }
}
