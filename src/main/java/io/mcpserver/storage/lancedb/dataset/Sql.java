package io.mcpserver.storage.lancedb.dataset;

import java.util.Collection;
import java.util.stream.Collectors;

/** Conditions in the SQL of Lance. */
public final class Sql {

    private Sql() {}

    public static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    public static String in(String column, Collection<String> values) {
        return column + values.stream().map(Sql::text).collect(Collectors.joining(", ", " IN (", ")"));
    }
}
