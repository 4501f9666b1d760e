package io.mcpserver.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No result is larger than {@code tools.max_result_bytes}, which is 20,000 here, and each says how to get the rest. */
@QuarkusTest
@TestProfile(ToolTestProfile.class)
class ResultLimitTest {

    private static final int DOCUMENTS = 60;

    private McpCalls mcp;

    @BeforeEach
    void save() {
        mcp = new McpCalls();
        String documents = IntStream.range(0, DOCUMENTS)
                .mapToObj(i -> "{'id':'%02d','content':{'title':'T%d','text':'%s'}}"
                        .formatted(i, i, "wörd \\\\ 中 ".repeat(60)))
                .collect(Collectors.joining(","));
        mcp.result("storage_save", "{'collection':'limit','documents':[" + documents + "]}");
        mcp.result(
                "storage_save",
                "{'collection':'huge','documents':[{'id':'h','content':{'title':'Huge','text':'%s'}}]}"
                        .formatted("elephant ".repeat(4_000)));
    }

    @Test
    void aQueryGoesOnWithItsCursor() {
        Set<String> seen = new HashSet<>();
        String cursor = "";
        int pages = 0;
        do {
            ObjectNode page = bounded("storage_query", "{'collection':'limit','limit':50" + cursor + "}");
            page.path("documents").forEach(document -> assertThat(seen.add(document.path("id").asText()))
                    .isTrue());
            assertThat(page.path("total").asInt()).isEqualTo(DOCUMENTS);
            cursor = page.has("next_cursor") ? ",'cursor':'" + page.path("next_cursor").asText() + "'" : "";
            assertThat(cursor.isEmpty() || page.path("note").asText().contains("next_cursor")).isTrue();
            pages++;
        } while (!cursor.isEmpty());
        assertThat(seen).hasSize(DOCUMENTS);
        assertThat(pages).isGreaterThan(2);
    }

    @Test
    void aLoadNamesTheIdsThatItLeftOut() {
        String ids = IntStream.range(0, DOCUMENTS).mapToObj("'%02d'"::formatted).collect(Collectors.joining(","));
        ObjectNode loaded = bounded("storage_load", "{'collection':'limit','ids':['none'," + ids + "]}");
        assertThat(loaded.path("documents")).isNotEmpty();
        assertThat(loaded.path("missing")).hasSize(1);
        assertThat(loaded.path("documents").size() + loaded.path("left_out").size()).isEqualTo(DOCUMENTS);
        assertThat(loaded.path("note").asText()).contains("left_out");
    }

    @Test
    void aSearchKeepsThePassagesOfHitsWhoseDocumentsDoNotFit() {
        ObjectNode found =
                bounded("storage_search", "{'query':'wörd','collection':'limit','mode':'words','limit':20}");
        JsonNode hits = found.path("hits");
        assertThat(hits.get(0).has("document")).isTrue();
        assertThat(hits.get(hits.size() - 1).has("document")).isFalse();
        assertThat(hits.get(hits.size() - 1).path("passage").asText()).contains("wörd");
        assertThat(found.path("note").asText()).contains("storage_load");
    }

    @Test
    void aSaveOfManySaysThatAllWereSaved() {
        String documents =
                IntStream.range(0, 500).mapToObj(i -> "{'content':{}}").collect(Collectors.joining(","));
        ObjectNode saved = bounded("storage_save", "{'collection':'many','documents':[" + documents + "]}");
        assertThat(saved.path("saved").size()).isBetween(50, 499);
        assertThat(saved.path("note").asText()).startsWith("All 500 documents were saved");
    }

    @Test
    void aDocumentThatIsTooLargeAloneIsReadInParts() {
        JsonNode loading = mcp.error("storage_load", "{'collection':'huge','ids':['h']}");
        assertThat(loading.path("code").asText()).isEqualTo("TOO_LARGE");
        assertThat(loading.path("message").asText()).contains("storage_query").contains("fields");
        JsonNode querying = mcp.error("storage_query", "{'collection':'huge'}");
        assertThat(querying.path("message").asText()).contains("\"h\"").contains("fields");
        assertThat(mcp.error("storage_query", "{'collection':'huge','fields':['text']}")
                        .path("message")
                        .asText())
                .contains("fewer fields");
        assertThat(mcp.result("storage_query", "{'collection':'huge','fields':['title']}")
                        .at("/documents/0/content/title")
                        .asText())
                .isEqualTo("Huge");
        JsonNode hit = bounded("storage_search", "{'query':'elephant','collection':'huge','mode':'words'}")
                .at("/hits/0");
        assertThat(hit.path("id").asText()).isEqualTo("h");
        assertThat(hit.has("document")).isFalse();
    }

    private ObjectNode bounded(String tool, String arguments) {
        JsonNode result = mcp.call(tool, arguments);
        assertThat(result.path("isError").asBoolean()).as(result.toString()).isFalse();
        assertThat(result.toString().getBytes(StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(ToolTestProfile.MAX_RESULT_BYTES);
        assertThat(McpCalls.json(result.at("/content/0/text").asText())).isEqualTo(result.path("structuredContent"));
        return (ObjectNode) result.path("structuredContent");
    }
}
