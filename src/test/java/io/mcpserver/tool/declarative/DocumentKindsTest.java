package io.mcpserver.tool.declarative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.index.Shelf;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolSpec.Hints;
import io.mcpserver.tool.declarative.documents.QueryKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kinds {@code query} and {@code search}, on a real store. */
class DocumentKindsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Shelf shelf;

    @BeforeAll
    static void fill() throws Exception {
        shelf = Shelf.open(folder, Shelf.NO_MODEL);
        save("1", "{'title': 'Ship it', 'tag': 'release', 'year': 2024, 'owner': 'ann@example.com'}");
        save("2", "{'title': 'Ship it again', 'tag': 'release', 'year': 2025, 'owner': 'bob@example.com'}");
        save("3", "{'title': 'Lunch', 'tag': 'food', 'year': 2025, 'owner': 'ann@example.com'}");
    }

    @AfterAll
    static void close() {
        shelf.close();
    }

    private static void save(String id, String content) throws Exception {
        shelf.save("notes", id, (ObjectNode) JSON.readTree(content.replace('\'', '"')));
    }

    @Test
    void documentsAreQueriedByTheirFields() {
        KindFixture file = load("""
            tools:
              - name: by_tag
                description: Notes with a tag.
                input:
                  tag: {type: string}
                  since: {type: integer, required: false}
                  limit: {type: integer, minimum: 1, maximum: 5, default: 1}
                query:
                  collection: notes
                  where: {tag: "${tag}", year: {$gte: "${since}"}}
                  sort: [-year, title]
                  limit: "${limit}"
                  fields: [title]
            """);
        assertThat(file.tool("by_tag").hints()).isEqualTo(Hints.READS);
        JsonNode page = file.result("by_tag", "{'tag': 'release'}");
        assertThat(ids(page)).containsExactly("2");
        assertThat(page.path("total").asInt()).isEqualTo(2);
        assertThat(page.path("next_cursor").isTextual()).isTrue();
        assertThat(page.at("/documents/0/content").toString()).isEqualTo("{\"title\":\"Ship it again\"}");
        assertThat(ids(file.result("by_tag", "{'tag': 'release', 'since': 2025, 'limit': 5}")))
                .containsExactly("2");
        assertThat(file.failure("by_tag", "{'tag': 'release', 'limit': 6}").code())
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void anInputIsNeverAnOperator() {
        KindFixture file = load("""
            tools:
              - name: by_tag
                description: Notes with a tag.
                input: {tag: {description: anything}}
                query:
                  collection: notes
                  where: {$or: [{tag: "${tag}"}, {$and: [{tag: {$eq: "${tag}"}}]}]}
            """);
        assertThat(ids(file.result("by_tag", "{'tag': 'food'}"))).containsExactly("3");
        assertThat(ids(file.result("by_tag", "{'tag': {'$ne': null}}"))).isEmpty();
        assertThat(ids(file.result("by_tag", "{'tag': {'$exists': true}}"))).isEmpty();
        assertThat(ids(file.result("by_tag", "{'tag': '${tag}'}"))).isEmpty();
    }

    @Test
    void aListOfValuesIsFilledIn() {
        KindFixture file = load("""
            tools:
              - name: by_tags
                description: Notes with one of some tags.
                input: {tags: {type: array, items: {type: string}, required: false}}
                query:
                  collection: notes
                  where: {$not: {tag: {$in: "${tags}"}}}
                  sort: [title]
            """);
        assertThat(ids(file.result("by_tags", "{'tags': ['food']}"))).containsExactly("1", "2");
        assertThat(ids(file.result("by_tags", "{}"))).containsExactly("3", "1", "2");
    }

    @Test
    void aBoundConditionIsNeverLeftOut() {
        KindFixture file = load("""
            tools:
              - name: mine
                description: The caller's own notes.
                input: {owner: {from: caller.claims.mail}}
                query: {collection: notes, where: {owner: "${owner}"}, sort: [id]}
            """);
        ToolCaller ann =
                new ToolCaller("ann", "team", Optional.empty(), Optional.empty(), Map.of("mail", "ann@example.com"));
        assertThat(ids(file.success("mine", "{}", ann).structured().orElseThrow()))
                .containsExactly("1", "3");
        assertThat(file.failure("mine", "{}").code()).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(file.failure("mine", "{'owner': 'bob@example.com'}", ann).code())
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query: {collection: notes, where: {owner: '${owner}'}}           | query.where.owner",
                "query: {collection: notes, where: {$or: [{owner: '${owner}'}]}}  | query.where.$or[0].owner",
                "search: {query: ship, where: {owner: {$in: ['${owner}']}}}       | search.where.owner.$in",
                "query: {collection: '${owner}'}                                  | query.collection",
                "search: {query: ship, collection: '${owner}'}                    | search.collection"
            })
    void aBoundInputThatACallerMayLackIsNoCondition(String kind, String key) {
        String yaml = """
            tools:
              - name: mine
                description: The caller's own notes.
                input: {owner: {from: caller.claims.mail, required: false}}
                KIND
            """.replace("KIND", kind);
        assertThat(KindFixture.load(yaml, TestSurroundings.in(folder).store(shelf.store()))
                        .faults())
                .containsExactly("tools.yaml:5: tools[0]." + key
                        + ": would be left out for a caller without the bound input owner, who would find what others"
                        + " may; give it a default, or leave out required: false");
        load(yaml.replace("required: false", "default: nobody"));
    }

    @Test
    void nothingIsFoundWithoutABoundInput() throws Exception {
        ObjectNode definition = (ObjectNode)
                JSON.readTree("{'collection': 'notes', 'where': {'owner': '${owner}'}}".replace('\'', '"'));
        ObjectNode schema =
                (ObjectNode) JSON.readTree("{'properties': {'owner': {'type': 'string'}}}".replace('\'', '"'));
        TestSurroundings surroundings = TestSurroundings.in(folder).store(shelf.store());
        DeclaredInputs.Bound owner = new DeclaredInputs.Bound(
                new Binding("caller.claims.mail", "string"), ToolFileSchema.of(JSON.createObjectNode()), false);
        KindSection body = new KindSection(
                "mine",
                definition,
                "",
                new DeclaredInputs("mine", schema, schema, Map.of(), Map.of("owner", owner)),
                Optional.empty(),
                Optional.empty(),
                surroundings,
                new FileFaults(FileTree.without(definition), new ArrayList<>()));
        KindHandler handler = new QueryKind().handler(body, surroundings).orElseThrow();
        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> handler.call(name -> Optional.empty(), null))
                .withMessageContaining("mine needs its input \"owner\"")
                .extracting(CodedException::code)
                .isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{tag: {$not: '${tag}'}}",
                "{tag: {$not: {$not: '${tag}'}}}",
                "{$not: {tag: {$not: '${tag}'}}}",
                "{$or: ['${tag}']}"
            })
    void anInputInPlaceOfConditionsIsAFault(String where) {
        KindFixture file = KindFixture.load(
                """
            tools:
              - name: others
                description: Notes without a tag.
                input: {tag: {description: anything}}
                query: {collection: notes, where: WHERE}
            """.replace("WHERE", where), TestSurroundings.in(folder).store(shelf.store()));
        assertThat(file.faults())
                .singleElement()
                .asString()
                .startsWith("tools.yaml:5: ")
                .contains("must be an object of");
    }

    @Test
    void aPageIsFollowedByTheNext() {
        KindFixture file = load("""
            tools:
              - name: all_notes
                description: All notes, page by page.
                input: {cursor: {type: string, required: false}}
                query: {collection: notes, sort: [id], limit: 2, cursor: "${cursor}"}
            """);
        JsonNode first = file.result("all_notes", "{}");
        JsonNode second = file.result(
                "all_notes",
                "{'cursor': '%s'}".formatted(first.path("next_cursor").asText()));
        assertThat(ids(first)).containsExactly("1", "2");
        assertThat(ids(second)).containsExactly("3");
        assertThat(second.has("next_cursor")).isFalse();
    }

    @Test
    void documentsAreSearchedByWords() {
        KindFixture file = load("""
            tools:
              - name: find
                description: Finds notes.
                input: {question: {type: string}, tag: {type: string, required: false}}
                search: {query: "${question}", collection: notes, mode: words, where: {tag: "${tag}"}, limit: 2}
                cache: true
            """);
        assertThat(file.faults()).isEmpty();
        assertThat(file.tool("find").policy().cache().orElseThrow().collections())
                .isEqualTo(Set.of("notes"));
        JsonNode result = file.result("find", "{'question': 'ship'}");
        assertThat(result.path("hits")).hasSize(2);
        assertThat(result.at("/hits/0/document/content/title").asText()).startsWith("Ship it");
        assertThat(file.result("find", "{'question': 'ship', 'tag': 'food'}").path("hits"))
                .isEmpty();
        assertThat(file.failure("find", "{'question': ' '}").code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void anOutputSchemaIsEnforced() {
        KindFixture file = load("""
            tools:
              - name: few
                description: Promises at most one.
                input: {tag: {type: string}}
                output: {type: object, properties: {documents: {type: array, maxItems: 1}}, required: [documents]}
                query: {collection: notes, where: {tag: "${tag}"}}
            """);
        assertThat(ids(file.result("few", "{'tag': 'food'}"))).containsExactly("3");
        assertThat(file.failure("few", "{'tag': 'release'}"))
                .hasMessageContaining("The result of few is not what its output schema promises (at \"/documents\"");
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("documents").forEach(document -> ids.add(document.path("id").asText()));
        return ids;
    }

    private static KindFixture load(String yaml) {
        KindFixture file = KindFixture.load(yaml, TestSurroundings.in(folder).store(shelf.store()));
        assertThat(file.faults()).isEmpty();
        return file;
    }
}
