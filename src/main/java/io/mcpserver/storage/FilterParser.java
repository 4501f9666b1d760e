package io.mcpserver.storage;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.config.NearestName;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Filter.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the JSON form of a {@link Filter}. Every fault is one sentence that says where it is ({@code
 * filter.$or[1].year.$gte}) and what would be right.
 *
 * <p>Limits: {@value #MAX_DEPTH} levels, {@value #MAX_CONDITIONS} conditions, {@value #MAX_VALUES}
 * values in one list, {@value #MAX_TEXT} characters of strings in all.
 */
public final class FilterParser {

    public static final int MAX_DEPTH = 20;
    public static final int MAX_CONDITIONS = 500;
    public static final int MAX_VALUES = 1_000;
    public static final int MAX_TEXT = 100_000;

    private static final List<String> GROUPS = List.of("$and", "$or", "$not");
    private static final List<String> OPERATORS =
            List.of("$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in", "$nin", "$exists", "$contains", "$not");

    private int conditions;
    private int text;

    private FilterParser() {}

    /**
     * Reads a filter; null, missing and {@code {}} select everything.
     *
     * @throws StoreException {@code INVALID_ARGUMENT} for a fault of form; {@code TOO_LARGE} beyond a limit
     */
    public static Filter parse(JsonNode filter) {
        if (filter == null || filter.isMissingNode() || filter.isNull()) {
            return Filter.ALL;
        }
        return new FilterParser().filter("filter", filter, 1);
    }

    private Filter filter(String at, JsonNode node, int depth) {
        limit(at, depth <= MAX_DEPTH, "is nested deeper than " + MAX_DEPTH + " levels");
        if (!node.isObject()) {
            throw fault(at, "must be an object like {\"year\": {\"$gte\": 2020}}, not " + kind(node));
        }
        List<Filter> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            all.add(entry(at + "." + shown(entry.getKey()), entry.getKey(), entry.getValue(), depth));
        }
        return all.size() == 1 ? all.getFirst() : new Filter.And(List.copyOf(all));
    }

    private Filter entry(String at, String key, JsonNode value, int depth) {
        return switch (key) {
            case "$and" -> new Filter.And(group(at, value, depth));
            case "$or" -> new Filter.Or(group(at, value, depth));
            case "$not" -> new Filter.Not(filter(at, value, depth + 1));
            default -> {
                if (key.startsWith("$")) {
                    throw OPERATORS.contains(key)
                            ? fault(at, "needs a field around it: {\"field\": {\"" + key + "\": …}}")
                            : unknown(at, key, GROUPS);
                }
                yield field(at, path(at, key), value, depth);
            }
        };
    }

    private List<Filter> group(String at, JsonNode list, int depth) {
        if (!list.isArray() || list.isEmpty()) {
            throw fault(at, "must be a list of at least one filter");
        }
        limit(at, list.size() <= MAX_CONDITIONS, "lists more than " + MAX_CONDITIONS + " filters");
        List<Filter> filters = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            filters.add(filter(at + "[" + i + "]", list.get(i), depth + 1));
        }
        return List.copyOf(filters);
    }

    private Filter field(String at, FieldPath path, JsonNode value, int depth) {
        limit(at, depth <= MAX_DEPTH, "is nested deeper than " + MAX_DEPTH + " levels");
        boolean operators = value.isObject()
                && value.propertyStream().anyMatch(e -> e.getKey().startsWith("$"));
        if (!operators) {
            return compare(at, path, Operator.EQ, value);
        }
        List<Filter> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            all.add(operator(at + "." + shown(entry.getKey()), path, entry.getKey(), entry.getValue(), depth));
        }
        return all.size() == 1 ? all.getFirst() : new Filter.And(List.copyOf(all));
    }

    private Filter operator(String at, FieldPath path, String operator, JsonNode value, int depth) {
        return switch (operator) {
            case "$eq" -> compare(at, path, Operator.EQ, value);
            case "$ne" -> new Filter.Not(compare(at, path, Operator.EQ, value));
            case "$gt" -> ordered(at, path, Operator.GT, value);
            case "$gte" -> ordered(at, path, Operator.GTE, value);
            case "$lt" -> ordered(at, path, Operator.LT, value);
            case "$lte" -> ordered(at, path, Operator.LTE, value);
            case "$in" -> in(at, path, value);
            case "$nin" -> new Filter.Not(in(at, path, value));
            case "$exists" -> exists(at, path, value);
            case "$contains" -> contains(at, path, value);
            case "$not" -> {
                if (!value.isObject()
                        || value.propertyStream().noneMatch(e -> e.getKey().startsWith("$"))) {
                    throw fault(at, "must hold operators like {\"$gte\": 2020}, not " + kind(value));
                }
                yield new Filter.Not(field(at, path, value, depth + 1));
            }
            default -> throw unknown(at, operator, OPERATORS);
        };
    }

    private Filter compare(String at, FieldPath path, Operator operator, JsonNode value) {
        count(at);
        return new Filter.Compare(path.text(), operator, value(at, path, value));
    }

    private Filter ordered(String at, FieldPath path, Operator operator, JsonNode value) {
        if (!value.isNumber() && !value.isTextual()) {
            throw fault(at, "compares with a number or a string, not with " + kind(value));
        }
        return compare(at, path, operator, value);
    }

    private Filter contains(String at, FieldPath path, JsonNode value) {
        if (path.isTime()) {
            throw fault(at, "does not apply to a time; use $gte and $lt");
        }
        return compare(at, path, Operator.CONTAINS, value);
    }

    private Filter in(String at, FieldPath path, JsonNode list) {
        count(at);
        if (!list.isArray()) {
            throw fault(at, "must be a list of values, not " + kind(list));
        }
        limit(at, list.size() <= MAX_VALUES, "lists more than " + MAX_VALUES + " values");
        List<JsonNode> values = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            values.add(value(at + "[" + i + "]", path, list.get(i)));
        }
        return new Filter.In(path.text(), List.copyOf(values));
    }

    private Filter exists(String at, FieldPath path, JsonNode value) {
        count(at);
        if (!value.isBoolean()) {
            throw fault(at, "must be true or false, not " + kind(value));
        }
        return new Filter.Exists(path.text(), value.booleanValue());
    }

    private JsonNode value(String at, FieldPath path, JsonNode value) {
        limit(
                at,
                DocumentRules.depth(value, MAX_DEPTH + 1) <= MAX_DEPTH,
                "is nested deeper than " + MAX_DEPTH + " levels");
        countParts(at, value);
        String written = value.toString();
        text += written.length();
        limit(at, text <= MAX_TEXT, "makes the filter longer than " + MAX_TEXT + " characters");
        if (DocumentRules.hasLoneSurrogate(written)) {
            throw fault(at, "holds half of a surrogate pair, which is not a character");
        }
        try {
            path.operand(value);
        } catch (StoreException e) {
            throw fault(at, "is not valid: " + e.getMessage());
        }
        return value;
    }

    /** Each part of a compound value is a condition of its own. */
    private void countParts(String at, JsonNode value) {
        if (value.isObject()
                && value.propertyStream().anyMatch(field -> field.getKey().indexOf('\0') >= 0)) {
            throw fault(at, "holds a key with NUL, which no filter can look for");
        }
        for (JsonNode part : value) {
            count(at);
            countParts(at, part);
        }
    }

    private void count(String at) {
        conditions++;
        limit(at, conditions <= MAX_CONDITIONS, "makes more than " + MAX_CONDITIONS + " conditions");
    }

    private static FieldPath path(String at, String key) {
        try {
            return FieldPath.parse(key);
        } catch (StoreException e) {
            throw fault(at, "is not a field: " + e.getMessage());
        }
    }

    private static StoreException unknown(String at, String operator, List<String> known) {
        String meant = NearestName.of(operator, known)
                .map(nearest -> "did you mean " + nearest + "? ")
                .orElse("");
        return fault(at, "is no operator: " + meant + "There are " + String.join(", ", known));
    }

    private static void limit(String at, boolean kept, String broken) {
        if (!kept) {
            throw new StoreException(ErrorCode.TOO_LARGE, Quoted.text(at) + " " + broken + ".");
        }
    }

    private static StoreException fault(String at, String what) {
        String end = what.endsWith(".") ? "" : ".";
        return new StoreException(ErrorCode.INVALID_ARGUMENT, Quoted.text(at) + " " + what + end);
    }

    private static String shown(String key) {
        return key.length() > 60 ? key.substring(0, 60) + "…" : key;
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            default -> "null";
        };
    }
}
