package io.mcpserver.storage.lancedb;

import java.util.Collection;
import java.util.stream.Collectors;

/** Conditions in the SQL of Lance. */
final class Sql {

    private Sql() {}

    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    static String in(String column, Collection<String> values) {
        return column + values.stream().map(Sql::text).collect(Collectors.joining(", ", " IN (", ")"));
    }
}
