package io.mcpserver.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Filter.Operator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterParserTest {

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static Filter parse(String text) {
        return FilterParser.parse(json(text));
    }

    private static Filter.Compare compare(String path, Operator operator, String value) {
        return new Filter.Compare(path, operator, json(value));
    }

    @Test
    void nothing_selects_everything() {
        assertThat(FilterParser.parse(null)).isEqualTo(Filter.ALL);
        assertThat(FilterParser.parse(NullNode.getInstance())).isEqualTo(Filter.ALL);
        assertThat(FilterParser.parse(MissingNode.getInstance())).isEqualTo(Filter.ALL);
        assertThat(parse("{}")).isEqualTo(Filter.ALL);
    }

    @Test
    void the_usual_form_is_read() {
        assertThat(parse("{'year': {'$gte': 2020}, '$or': [{'tag': 'a'}, {'tag': {'$ne': 'b'}}]}"))
                .isEqualTo(new Filter.And(List.of(
                        compare("year", Operator.GTE, "2020"),
                        new Filter.Or(List.of(
                                compare("tag", Operator.EQ, "'a'"),
                                new Filter.Not(compare("tag", Operator.EQ, "'b'")))))));
    }

    @Test
    void several_operators_of_one_field_must_all_hold() {
        assertThat(parse("{'a.b': {'$gt': 1, '$lt': 9, '$exists': true, '$contains': 'x', '$lte': 'z', '$eq': null}}"))
                .isEqualTo(new Filter.And(List.of(
                        compare("a.b", Operator.GT, "1"),
                        compare("a.b", Operator.LT, "9"),
                        new Filter.Exists("a.b", true),
                        compare("a.b", Operator.CONTAINS, "'x'"),
                        compare("a.b", Operator.LTE, "'z'"),
                        compare("a.b", Operator.EQ, "null"))));
    }

    @Test
    void groups_and_negations_nest() {
        assertThat(parse("{'$not': {'$and': [{'a': {'$not': {'$in': [1, 'x']}}}, {'b': {'$nin': []}}]}}"))
                .isEqualTo(new Filter.Not(new Filter.And(List.of(
                        new Filter.Not(new Filter.In("a", List.of(json("1"), json("'x'")))),
                        new Filter.Not(new Filter.In("b", List.of()))))));
    }

    @Test
    void an_object_without_operators_is_a_value() {
        assertThat(parse("{'a': {'b': 1}}")).isEqualTo(compare("a", Operator.EQ, "{'b': 1}"));
        assertThat(parse("{'a': {}}")).isEqualTo(compare("a", Operator.EQ, "{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                             | 'filter' must be an object like {\"year\": {\"$gte\": 2020}}, not a list",
                "'x'                            | not a string",
                "{'year': {'$gtt': 1}}          | 'filter.year.$gtt' is no operator: did you mean $gt?",
                "{'year': {'$greater': 1}}      | 'filter.year.$greater' is no operator: There are $eq, $ne",
                "{'$orr': []}                   | 'filter.$orr' is no operator: did you mean $or? There are $and, $or, $not",
                "{'$gte': 1}                    | 'filter.$gte' needs a field around it: {\"field\": {\"$gte\": …}}",
                "{'$or': []}                    | 'filter.$or' must be a list of at least one filter",
                "{'$or': {'a': 1}}              | 'filter.$or' must be a list",
                "{'$and': [{'a': 1}, 2]}        | 'filter.$and[1]' must be an object",
                "{'a': {'$gt': true}}           | 'filter.a.$gt' compares with a number or a string, not with true or false",
                "{'a': {'$lt': null}}           | not with null",
                "{'a': {'$in': 1}}              | 'filter.a.$in' must be a list of values, not a number",
                "{'a': {'$exists': 1}}          | 'filter.a.$exists' must be true or false, not a number",
                "{'a': {'$not': 1}}             | 'filter.a.$not' must hold operators",
                "{'a': {'$not': {'b': 1}}}      | 'filter.a.$not' must hold operators",
                "{'a': {'$gt': 1, 'b': 2}}      | 'filter.a.b' is no operator",
                "{'': 1}                        | 'filter.' is not a field: The path '' is not valid: a path has 1 to 1000",
                "{'a..b': 1}                    | it has an empty part",
                "{'created': 5}                 | 'filter.created' is not valid: 'created' is compared with times",
                "{'updated': {'$in': ['x']}}    | 'filter.updated.$in[0]' is not valid",
                "{'created': {'$contains': 1}}  | 'filter.created.$contains' does not apply to a time"
            })
    void a_fault_is_named_with_its_place_and_what_would_be_right(String filter, String message) {
        assertThatThrownBy(() -> parse(filter))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(message)
                .hasMessageEndingWith(".")
                .extracting(e -> ((CodedException) e).code())
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void a_filter_has_limits() {
        String deep = "{'$not': ".repeat(FilterParser.MAX_DEPTH) + "{}" + "}".repeat(FilterParser.MAX_DEPTH);
        String deepOperators = "{'a': " + "{'$not': ".repeat(FilterParser.MAX_DEPTH) + "{'$gt': 1}"
                + "}".repeat(FilterParser.MAX_DEPTH) + "}";
        String deepValue = "{'a': " + "[".repeat(30) + "]".repeat(30) + "}";
        String wide = "{'$or': [" + list(FilterParser.MAX_CONDITIONS + 1, "{'a': 1}") + "]}";
        String many = "{"
                + IntStream.rangeClosed(0, FilterParser.MAX_CONDITIONS)
                        .mapToObj(i -> "'k" + i + "': 1")
                        .collect(Collectors.joining(","))
                + "}";
        String values = "{'a': {'$in': [" + list(FilterParser.MAX_VALUES + 1, "1") + "]}}";
        String text = "{'a': '" + "x".repeat(FilterParser.MAX_TEXT) + "'}";
        String compound = "{'a': [" + list(FilterParser.MAX_CONDITIONS + 1, "1") + "]}";
        for (String filter : List.of(deep, deepOperators, deepValue, wide, many, values, text, compound)) {
            assertThatThrownBy(() -> parse(filter))
                    .as(filter.substring(0, 20))
                    .extracting(e -> ((CodedException) e).code())
                    .isEqualTo(ErrorCode.TOO_LARGE);
        }
    }

    @Test
    void what_utf_8_cannot_carry_is_refused() {
        assertThatThrownBy(() -> parse("{'a': '\ud83d'}")).hasMessageContaining("half of a surrogate pair");
        assertThatThrownBy(() -> parse("{'\ud83d': 1}")).hasMessageContaining("half of a surrogate pair");
        assertThatThrownBy(() -> parse("{'a': {'b\\u0000': 1}}")).hasMessageContaining("NUL");
    }

    private static String list(int times, String item) {
        return String.join(",", java.util.Collections.nCopies(times, item));
    }
}
