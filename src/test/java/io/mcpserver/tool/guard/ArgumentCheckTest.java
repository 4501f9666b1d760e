package io.mcpserver.tool.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolSchemas;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ArgumentCheckTest {

    private final ArgumentCheck save = check("storage_save");
    private final ArgumentCheck query = check("storage_query");
    private final ArgumentCheck search = check("storage_search");

    private static ArgumentCheck check(String tool) {
        return new ArgumentCheck(tool, ToolSchemas.of(tool).input());
    }

    @Test
    void acceptsWhatTheSchemaAllows() {
        assertThat(query.check(Map.of("collection", "notes", "limit", 5)).toString())
                .contains("\"limit\":5")
                .contains("\"collection\":\"notes\"");
    }

    @Test
    void readsTheJsonOfTheWebServerAsWell() {
        JsonObject arguments = new JsonObject(
                "{\"collection\": \"notes\", \"documents\": [{\"content\": {\"a\": [1, 2.5, null, true, [{}]]}}]}");
        assertThat(save.check(arguments.getMap()).toString()).isEqualTo(arguments.encode());
        Map<String, Object> wrapped = Map.of("documents", arguments.getJsonArray("documents"), "collection", "notes");
        assertThat(save.check(wrapped).path("documents").toString())
                .isEqualTo(arguments.getJsonArray("documents").encode());
    }

    @Test
    void aLongNameIsCutBetweenCharacters() {
        String fault = fault(query, Map.of("collection", "notes", "a".repeat(59) + "😀x", 1));

        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(fault)).isTrue();
        assertThat(fault).contains("a".repeat(59) + "…");
    }

    @Test
    void namesTheNearestKnownArgument() {
        assertThat(fault(query, Map.of("collection", "notes", "limmit", 5)))
                .isEqualTo("storage_query has no argument \"limmit\"; did you mean \"limit\"?"
                        + " It takes collection, filter, sort, limit, cursor, fields.");
    }

    @Test
    void namesTheNearestKnownFieldWithinAnArgument() {
        Map<String, Object> document = Map.of("contents", Map.of());
        assertThat(fault(save, Map.of("collection", "notes", "documents", List.of(document))))
                .contains("documents[0] has no field \"contents\"; did you mean \"content\"?")
                .contains("documents[0] needs the field \"content\" (Any JSON object).");
    }

    @Test
    void saysNothingNearWhereNothingIs() {
        assertThat(fault(query, Map.of("collection", "notes", "explain", true)))
                .startsWith("storage_query has no argument \"explain\". It takes");
    }

    @Test
    void saysWhichArgumentIsMissingAndWhatItIs() {
        assertThat(fault(query, Map.of()))
                .isEqualTo("storage_query needs the argument \"collection\" (Name of the collection; an unknown one is"
                        + " empty).");
    }

    @Test
    void saysWhichTypeIsRight() {
        assertThat(fault(query, Map.of("collection", "notes", "limit", "20")))
                .isEqualTo("limit must be an integer, but is \"20\".");
        assertThat(fault(query, Map.of("collection", "notes", "sort", "name")))
                .isEqualTo("sort must be an array, but is \"name\".");
        assertThat(fault(save, Map.of("collection", "notes", "documents", List.of(Map.of("content", "text")))))
                .isEqualTo("documents[0].content must be an object, but is \"text\".");
    }

    @Test
    void saysWhichRangeIsRight() {
        assertThat(fault(query, Map.of("collection", "notes", "limit", 0)))
                .isEqualTo("limit must be at least 1, but is 0.");
        assertThat(fault(query, Map.of("collection", "notes", "limit", 1001)))
                .isEqualTo("limit must be at most 1000, but is 1001.");
        assertThat(fault(search, Map.of("query", "x", "mode", "fuzzy")))
                .isEqualTo("mode must be one of [\"hybrid\",\"words\",\"meaning\"], but is \"fuzzy\".");
        assertThat(fault(save, Map.of("collection", "notes", "documents", List.of())))
                .isEqualTo("documents must have at least 1 item, but has 0.");
        List<Map<String, Object>> many = Collections.nCopies(1001, Map.of("content", Map.of()));
        assertThat(fault(save, Map.of("collection", "notes", "documents", many)))
                .isEqualTo("documents must have at most 1000 items, but has 1001; make several calls.");
    }

    @Test
    void refusesABlankQueryAndABadCollection() {
        assertThat(fault(search, Map.of("query", "   "))).startsWith("query: ");
        assertThat(fault(query, Map.of("collection", "../etc"))).startsWith("collection: ");
    }

    @Test
    void takesNullForAnOptionalArgumentThatIsLeftOut() {
        Map<String, Object> arguments = new HashMap<>(Map.of("collection", "notes"));
        arguments.put("cursor", null);
        assertThat(query.check(arguments).has("cursor")).isFalse();
    }

    @Test
    void refusesNullForARequiredArgument() {
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("collection", null);
        assertThat(fault(query, arguments)).isEqualTo("collection must be a string, but is null.");
    }

    @Test
    void tellsTheFirstFaultsAndCountsTheOthers() {
        Map<String, Object> arguments = new HashMap<>(Map.of("collection", "notes"));
        IntStream.range(0, 8).forEach(i -> arguments.put("unknown" + i, i));
        assertThat(fault(query, arguments)).endsWith("There are 3 more faults.");
    }

    @Test
    void showsOnlyTheBeginningOfALongValue() {
        assertThat(fault(query, Map.of("collection", "notes", "limit", "9".repeat(100_000))))
                .hasSizeLessThan(200);
    }

    @Test
    @Timeout(60)
    void aPatternThatCannotBeHeldAgainstATextInTimeRefusesIt() {
        ArgumentCheck check = patterned("^(a*)*\\1$");
        assertThat(check.check(Map.of("texts", List.of("a".repeat(100_000)))).path("texts"))
                .hasSize(1);
        assertThat(fault(check, Map.of("texts", List.of("a".repeat(60) + "!"))))
                .isEqualTo("The arguments of t cannot be checked: the pattern \"^(a*)*\\1$\" takes too long on what was"
                        + " given; give a shorter text.");
    }

    @Test
    @Timeout(60)
    void theTextsOfOneCallHaveOneTimeTogether() {
        ArgumentCheck check = patterned("^(a*)*\\1$");
        String text = "a".repeat(15) + "!";
        assertThat(fault(check, Map.of("texts", List.of(text)))).startsWith("texts[0]: ");
        assertThat(fault(check, Map.of("texts", Collections.nCopies(100_000, text))))
                .contains("takes too long");
    }

    @Test
    void aTextThatIsTooLongForThePatternIsRefused() {
        assertThat(fault(patterned("^(a|b)*$"), Map.of("texts", List.of("a".repeat(1_000_000)))))
                .contains("the pattern \"^(a|b)*$\" is too deep for so long a text");
    }

    @Test
    void aLongTextIsHeldAgainstAnOrdinaryPattern() {
        String text = "word ".repeat(1_000_000);
        assertThat(patterned("\\S.* $").check(Map.of("texts", List.of(text, text))))
                .hasSize(1);
    }

    private static ArgumentCheck patterned(String pattern) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode texts = schema.putObject("properties").putObject("texts").put("type", "array");
        texts.putObject("items").put("type", "string").put("pattern", pattern);
        return new ArgumentCheck("t", schema);
    }

    private static String fault(ArgumentCheck check, Map<String, Object> arguments) {
        CodedException failure =
                org.junit.jupiter.api.Assertions.assertThrows(CodedException.class, () -> check.check(arguments));
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        return failure.getMessage();
    }
}
