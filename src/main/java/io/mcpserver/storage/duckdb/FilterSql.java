package io.mcpserver.storage.duckdb;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.storage.FieldPath;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A filter as an SQL condition that is true or false, never NULL. Values are always bound; only field
 * paths become part of the text, as quoted JSON pointers.
 */
final class FilterSql {

    private final String idExpression;
    private int lambdas;

    /** @param idExpression SQL of a document's id */
    FilterSql(String idExpression) {
        this.idExpression = idExpression;
    }

    SqlText of(Filter filter) {
        return switch (filter) {
            case Filter.And and -> joined(and.all().stream().map(this::of).toList(), " AND ", "true");
            case Filter.Or or -> joined(or.any().stream().map(this::of).toList(), " OR ", "false");
            case Filter.Not not -> new SqlText("NOT ").add(of(not.filter()));
            case Filter.Exists exists ->
                new SqlText("(" + value(exists.path()).text() + " IS " + (exists.exists() ? "NOT " : "") + "NULL)");
            case Filter.In in -> in(FieldPath.parse(in.path()), in.values());
            case Filter.Compare compare -> compare(FieldPath.parse(compare.path()), compare);
        };
    }

    private SqlText compare(FieldPath path, Filter.Compare compare) {
        SqlValue value = SqlValue.of(path, idExpression);
        JsonNode operand = path.operand(compare.value());
        return switch (compare.operator()) {
            case EQ -> equal(value, operand);
            case GT -> ordered(value, ">", ">", operand);
            case GTE -> ordered(value, ">", ">=", operand);
            case LT -> ordered(value, "<", "<", operand);
            case LTE -> ordered(value, "<", "<=", operand);
            case CONTAINS -> contains(value, operand);
        };
    }

    private SqlText in(FieldPath path, List<JsonNode> values) {
        SqlValue value = SqlValue.of(path, idExpression);
        List<Object> strings = new ArrayList<>();
        List<SqlText> any = new ArrayList<>();
        for (JsonNode each : values) {
            JsonNode operand = path.operand(each);
            if (operand.isTextual()) {
                strings.add(operand.textValue());
            } else {
                any.add(equal(value, operand));
            }
        }
        if (!strings.isEmpty()) {
            any.add(new SqlText("coalesce(" + value.string() + " IN (")
                    .addList(strings)
                    .add("), false)"));
        }
        return joined(any, " OR ", "false");
    }

    private SqlText equal(SqlValue value, JsonNode operand) {
        return switch (operand.getNodeType()) {
            case STRING -> equalString(value, operand);
            case NUMBER -> ordered(value, "=", "=", operand);
            case BOOLEAN -> new SqlText("coalesce(" + value.text() + " = ?, false)", operand.asText());
            case ARRAY -> value.isJson() ? equalArray(value, operand) : new SqlText("false");
            case OBJECT -> value.isJson() ? equalObject(value, operand) : new SqlText("false");
            default -> new SqlText("(coalesce(" + value.text() + ", 'null') = 'null')");
        };
    }

    private static SqlText equalString(SqlValue value, JsonNode operand) {
        String equal = "coalesce(" + value.text() + " = CAST(to_json(CAST(? AS VARCHAR)) AS VARCHAR), false)";
        // The string occurs in the text as DocumentJson wrote it; looking there first is many times cheaper
        // than taking every document apart.
        return value.isJson()
                ? new SqlText(
                        "(contains(content, CAST(? AS VARCHAR)) AND " + equal + ")",
                        operand.toString(),
                        operand.textValue())
                : new SqlText(equal, operand.textValue());
    }

    private SqlText equalArray(SqlValue value, JsonNode operand) {
        List<SqlText> all = new ArrayList<>();
        all.add(new SqlText("coalesce(json_type(" + value.json() + ") = 'ARRAY' AND json_array_length(" + value.json()
                + ") = " + operand.size() + ", false)"));
        for (int i = 0; i < operand.size(); i++) {
            all.add(equal(value.part(Integer.toString(i)), operand.get(i)));
        }
        return joined(all, " AND ", "true");
    }

    private SqlText equalObject(SqlValue value, JsonNode operand) {
        List<SqlText> all = new ArrayList<>();
        all.add(new SqlText("coalesce(json_type(" + value.json() + ") = 'OBJECT' AND len(json_keys(" + value.json()
                + ")) = " + operand.size() + ", false)"));
        for (Map.Entry<String, JsonNode> field : operand.properties()) {
            SqlValue part = value.part(field.getKey());
            all.add(new SqlText("(" + part.text() + " IS NOT NULL)"));
            all.add(equal(part, field.getValue()));
        }
        return joined(all, " AND ", "true");
    }

    private SqlText ordered(SqlValue value, String strict, String operator, JsonNode operand) {
        if (operand.isTextual()) {
            return new SqlText(
                    "coalesce(" + value.string() + " " + operator + " CAST(? AS VARCHAR), false)", operand.textValue());
        }
        if (!operand.isNumber()) {
            return new SqlText("false");
        }
        SortKey key = SortKey.of(operand);
        if (Math.abs(key.number()) < SortKey.EXACT_FROM) {
            return new SqlText(
                    "coalesce(" + value.number() + " " + operator + " CAST(? AS DOUBLE), false)", key.number());
        }
        SqlText exact = new SqlText(
                "(" + value.number() + " = CAST(? AS DOUBLE) AND " + value.exact() + " " + operator
                        + " CAST(? AS HUGEINT))",
                key.number(),
                key.exact());
        SqlText sql = new SqlText("coalesce(");
        if (!strict.equals("=")) {
            sql.add(value.number() + " " + strict + " CAST(? AS DOUBLE) OR ", key.number());
        }
        return sql.add(exact).add(", false)");
    }

    private SqlText contains(SqlValue value, JsonNode operand) {
        List<SqlText> any = new ArrayList<>();
        if (operand.isTextual()) {
            any.add(new SqlText(
                    "coalesce(contains(lower(" + value.string() + "), lower(CAST(? AS VARCHAR))), false)",
                    operand.textValue()));
        }
        if (value.isJson()) {
            String element = "e" + lambdas++;
            any.add(new SqlText("CASE WHEN starts_with(" + value.text() + ", '[') THEN len(list_filter(CAST("
                            + value.json() + " AS JSON[]), lambda " + element + ": ")
                    .add(equal(SqlValue.json(element), operand))
                    .add(")) > 0 ELSE false END"));
        }
        return joined(any, " OR ", "false");
    }

    private SqlValue value(String path) {
        return SqlValue.of(FieldPath.parse(path), idExpression);
    }

    private static SqlText joined(List<SqlText> conditions, String by, String ofNone) {
        if (conditions.isEmpty()) {
            return new SqlText(ofNone);
        }
        SqlText sql = new SqlText("(");
        for (int i = 0; i < conditions.size(); i++) {
            sql.add(i == 0 ? "" : by).add(conditions.get(i));
        }
        return sql.add(")");
    }
}
