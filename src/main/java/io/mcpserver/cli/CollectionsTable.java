package io.mcpserver.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Collections of a backup, with their documents and what they are called in the store. */
final class CollectionsTable {

    private CollectionsTable() {}

    /** @param renamed the name in the store, by that in the backup */
    static void print(Map<String, Long> documents, UnaryOperator<String> renamed, PrintWriter out) {
        if (documents.isEmpty()) {
            return;
        }
        out.printf("%n%-40s %14s%n", "collection", "documents");
        documents.forEach((name, count) -> {
            String other = renamed.apply(name);
            out.printf(Locale.ROOT, "%-40s %,14d%s%n", name, count, other.equals(name) ? "" : "  as " + other);
        });
    }
}
