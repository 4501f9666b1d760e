package io.mcpserver.storage.duckdb;

import io.mcpserver.storage.FieldPath;
import io.mcpserver.storage.Query;
import io.mcpserver.storage.QueryCursor;
import io.mcpserver.storage.SortKey;
import java.util.ArrayList;
import java.util.List;

/** The order of a query in SQL: columns s0, s1, … for the parts of its sort keys, then the id. */
final class SortSql {

    private final List<Query.Sort> sort;
    private final List<String> expressions = new ArrayList<>();

    SortSql(List<Query.Sort> sort, String idExpression) {
        this.sort = sort;
        for (Query.Sort key : sort) {
            expressions.addAll(
                    SqlValue.of(FieldPath.parse(key.path()), idExpression).sortKey());
        }
    }

    /** {@code , expression AS s0, …}; empty without sort keys. */
    String columns() {
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < expressions.size(); i++) {
            columns.append(", ").append(expressions.get(i)).append(" AS s").append(i);
        }
        return columns.toString();
    }

    /** What follows {@code ORDER BY}. */
    String order() {
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < expressions.size(); i++) {
            order.append('s').append(i).append(descending(i) ? " DESC, " : " ASC, ");
        }
        return order.append("key ASC").toString();
    }

    /** Selects what comes after a cursor. */
    SqlText after(QueryCursor cursor, String key) {
        List<Object> values = new ArrayList<>();
        for (SortKey each : cursor.keys()) {
            values.addAll(List.of(each.rank(), each.number(), each.exact(), each.text()));
        }
        SqlText sql = new SqlText();
        for (int i = 0; i < values.size(); i++) {
            String type = List.of("INTEGER", "DOUBLE", "HUGEINT", "VARCHAR").get(i % 4);
            String value = "CAST(? AS " + type + ")";
            sql.add(
                    "(s" + i + (descending(i) ? " < " : " > ") + value + " OR s" + i + " = " + value + " AND ",
                    values.get(i),
                    values.get(i));
        }
        return sql.add("key > ?", key).add(")".repeat(values.size()));
    }

    private boolean descending(int column) {
        return sort.get(column / 4).descending();
    }
}
