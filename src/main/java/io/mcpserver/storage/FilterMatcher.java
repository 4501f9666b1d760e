package io.mcpserver.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Map;

/** What a {@link Filter} means, in plain Java: every engine must select the same documents. */
public final class FilterMatcher {

    private FilterMatcher() {}

    public static boolean matches(Filter filter, Document document) {
        return switch (filter) {
            case Filter.And and -> and.all().stream().allMatch(one -> matches(one, document));
            case Filter.Or or -> or.any().stream().anyMatch(one -> matches(one, document));
            case Filter.Not not -> !matches(not.filter(), document);
            case Filter.Exists exists ->
                exists.exists()
                        != FieldPath.parse(exists.path()).valueIn(document).isMissingNode();
            case Filter.In in -> {
                FieldPath path = FieldPath.parse(in.path());
                JsonNode value = path.valueIn(document);
                yield in.values().stream().anyMatch(one -> equal(value, path.operand(one)));
            }
            case Filter.Compare compare -> {
                FieldPath path = FieldPath.parse(compare.path());
                yield holds(path.valueIn(document), compare.operator(), path.operand(compare.value()));
            }
        };
    }

    /** Whether two values are equal: numbers by value, objects whatever the order of their keys. */
    public static boolean equal(JsonNode a, JsonNode b) {
        JsonNode x = a.isMissingNode() ? NullNode.getInstance() : a;
        if (x.isNumber() && b.isNumber()) {
            return SortKey.of(x).equals(SortKey.of(b));
        }
        if (x.isArray() && b.isArray()) {
            return x.size() == b.size() && elementsEqual(x, b);
        }
        if (x.isObject() && b.isObject()) {
            return x.size() == b.size() && fieldsEqual(x, b);
        }
        return x.equals(b);
    }

    private static boolean holds(JsonNode value, Filter.Operator operator, JsonNode operand) {
        return switch (operator) {
            case EQ -> equal(value, operand);
            case GT -> ordered(value, operand) && compare(value, operand) > 0;
            case GTE -> ordered(value, operand) && compare(value, operand) >= 0;
            case LT -> ordered(value, operand) && compare(value, operand) < 0;
            case LTE -> ordered(value, operand) && compare(value, operand) <= 0;
            case CONTAINS -> contains(value, operand);
        };
    }

    private static boolean ordered(JsonNode a, JsonNode b) {
        return a.isNumber() && b.isNumber() || a.isTextual() && b.isTextual();
    }

    private static int compare(JsonNode a, JsonNode b) {
        return a.isTextual()
                ? SortKey.compareByCodePoint(a.textValue(), b.textValue())
                : SortKey.of(a).compareTo(SortKey.of(b));
    }

    private static boolean contains(JsonNode value, JsonNode operand) {
        if (value.isTextual() && operand.isTextual()) {
            return lower(value.textValue()).contains(lower(operand.textValue()));
        }
        return value.isArray() && value.valueStream().anyMatch(element -> equal(element, operand));
    }

    /** Letter by letter, without the rules of any language. */
    private static String lower(String text) {
        StringBuilder lowered = new StringBuilder(text.length());
        text.codePoints().map(Character::toLowerCase).forEach(lowered::appendCodePoint);
        return lowered.toString();
    }

    private static boolean elementsEqual(JsonNode a, JsonNode b) {
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean fieldsEqual(JsonNode a, JsonNode b) {
        for (Map.Entry<String, JsonNode> field : b.properties()) {
            if (!a.has(field.getKey()) || !equal(a.get(field.getKey()), field.getValue())) {
                return false;
            }
        }
        return true;
    }
}
