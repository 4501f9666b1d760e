package io.mcpserver.storage.duckdb;

import io.mcpserver.storage.FieldPath;
import io.mcpserver.storage.SortKey;
import java.util.List;

/**
 * The value of a field as SQL expressions.
 *
 * @param json the JSON value; empty for a document's own property, which is never a list
 * @param text its JSON text; NULL where the field is missing
 * @param number as a DOUBLE; NULL where it is no number
 * @param exact what tells numbers apart that are equal as doubles; see {@link SortKey}
 * @param string as a VARCHAR; NULL where it is no string
 */
record SqlValue(String json, String text, String number, String exact, String string) {

    private static final String EDGE = "9007199254740992e0";
    private static final String EXACT_END = "85070591730234615865843651857942052864e0";

    /** @param idExpression SQL of a document's id */
    static SqlValue of(FieldPath path, String idExpression) {
        return path.property()
                .map(property -> switch (property) {
                    case ID ->
                        new SqlValue(
                                "",
                                "CAST(to_json(" + idExpression + ") AS VARCHAR)",
                                "CAST(NULL AS DOUBLE)",
                                "CAST(0 AS HUGEINT)",
                                idExpression);
                    case VERSION -> whole("version");
                    case CREATED -> whole("created");
                    case UPDATED -> whole("updated");
                })
                .orElseGet(() -> json("json_extract(content, '" + pointer(path.segments()) + "')"));
    }

    /** A JSON value that an expression gives. */
    static SqlValue json(String json) {
        String text = "CAST(" + json + " AS VARCHAR)";
        String number = "(TRY_CAST(" + text + " AS DOUBLE) + 0.0)";
        String exact = "CASE WHEN abs(" + number + ") < " + EDGE + " OR abs(" + number + ") >= " + EXACT_END
                + " THEN CAST(0 AS HUGEINT) WHEN json_type(" + json + ") IN ('BIGINT', 'UBIGINT') THEN TRY_CAST(" + text
                + " AS HUGEINT) ELSE TRY_CAST(" + number + " AS HUGEINT) END";
        String string = "CASE WHEN starts_with(" + text + ", '\"') THEN json_extract_string(" + json + ", '$') END";
        return new SqlValue(json, text, number, exact, string);
    }

    /** A part of a JSON value, by object key or array index. */
    SqlValue part(String segment) {
        return json("json_extract(" + json + ", '" + pointer(List.of(segment)) + "')");
    }

    boolean isJson() {
        return !json.isEmpty();
    }

    /** The four parts of the {@link SortKey} of this value, none of them NULL. */
    List<String> sortKey() {
        String rank = "CASE WHEN " + text + " IS NULL OR " + text + " = 'null' THEN 0 WHEN " + text
                + " IN ('true', 'false') THEN 1 WHEN starts_with(" + text + ", '\"') THEN 3 WHEN starts_with(" + text
                + ", '[') OR starts_with(" + text + ", '{') THEN 4 ELSE 2 END";
        return List.of(
                rank,
                "coalesce(" + number + ", CASE WHEN " + text + " = 'true' THEN 1e0 ELSE 0e0 END)",
                "coalesce(" + exact + ", CAST(0 AS HUGEINT))",
                "coalesce(left(" + string + ", " + SortKey.TEXT_LENGTH + "), '')");
    }

    private static SqlValue whole(String column) {
        String number = "CAST(" + column + " AS DOUBLE)";
        String exact = "CASE WHEN abs(" + number + ") < " + EDGE + " THEN CAST(0 AS HUGEINT) ELSE CAST(" + column
                + " AS HUGEINT) END";
        return new SqlValue("", "CAST(" + column + " AS VARCHAR)", number, exact, "CAST(NULL AS VARCHAR)");
    }

    /** A JSON pointer inside quotes of SQL, in which only the quote is special. */
    private static String pointer(List<String> segments) {
        StringBuilder pointer = new StringBuilder();
        for (String segment : segments) {
            pointer.append('/').append(segment.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString().replace("'", "''");
    }
}
