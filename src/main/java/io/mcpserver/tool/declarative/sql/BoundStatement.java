package io.mcpserver.tool.declarative.sql;

import io.mcpserver.tool.declarative.Template;
import io.mcpserver.tool.source.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement in which each input is a parameter that is bound, never a text that is pasted.
 *
 * @param pieces of the text between the inputs
 * @param names of the inputs, in the order of their places
 */
record BoundStatement(List<String> pieces, List<String> names) {

    private static final Pattern FIRST_WORD = Pattern.compile("[\\s(]*([A-Za-z]+)");

    /** What statements begin with that only read; the transaction around them holds it as well. */
    private static final Set<String> READING = Set.of(
            "select",
            "with",
            "values",
            "table",
            "show",
            "explain",
            "describe",
            "from",
            "summarize",
            "pivot",
            "unpivot");

    private static final Set<String> WRITING = Set.of(
            "insert",
            "update",
            "delete",
            "merge",
            "replace",
            "call",
            "truncate",
            "create",
            "alter",
            "drop",
            "refresh",
            "analyze");

    BoundStatement {
        pieces = List.copyOf(pieces);
        names = List.copyOf(names);
    }

    /**
     * Reads a statement.
     *
     * @param writes whether it may change something
     * @param fault told of each thing that is wrong
     * @return empty if something is wrong
     */
    static Optional<BoundStatement> read(List<Template.Part> parts, boolean writes, Consumer<String> fault) {
        List<String> faults = new ArrayList<>();
        StatementScan scan = new StatementScan();
        List<String> pieces = new ArrayList<>();
        List<String> names = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        for (Template.Part part : parts) {
            switch (part) {
                case Template.Part.Literal literal -> piece.append(scan.walk(literal.text()));
                case Template.Part.Secret secret -> {
                    // The template was told of it as a fault, so that this is never run.
                    scan.bound();
                }
                case Template.Part.Input input -> {
                    if (scan.region() != StatementScan.Region.PLAIN) {
                        faults.add("${" + input.name() + "} stands "
                                + scan.region().words() + "; write it without, as in name = ${" + input.name()
                                + "}: it is bound, not pasted");
                    }
                    scan.bound();
                    pieces.add(piece.toString());
                    piece.setLength(0);
                    names.add(input.name());
                }
            }
        }
        pieces.add(piece.toString());
        faults.addAll(faults(scan, writes));
        faults.forEach(fault);
        return faults.isEmpty() ? Optional.of(new BoundStatement(pieces, names)) : Optional.empty();
    }

    private static List<String> faults(StatementScan scan, boolean writes) {
        List<String> faults = new ArrayList<>();
        if (scan.region() != StatementScan.Region.PLAIN && scan.region() != StatementScan.Region.LINE_COMMENT) {
            faults.add("ends " + scan.region().words() + "; close them");
        }
        if (scan.hasAnother()) {
            faults.add("is more than one statement; write one, without \";\" in it");
        }
        Matcher first = FIRST_WORD.matcher(scan.plain());
        String word = first.lookingAt() ? first.group(1).toLowerCase(Locale.ROOT) : "";
        if (!READING.contains(word) && !(writes && WRITING.contains(word))) {
            String begins = word.isEmpty() ? "begins with no word" : "begins with " + word;
            if (WRITING.contains(word)) {
                faults.add(begins + ", which changes data; say write: true if the tool is to do that");
            } else {
                faults.add(begins
                        + "; a statement begins with select, with, values, table, show, explain, describe, from"
                        + (writes ? ", insert, update, delete, merge, call, truncate, create, alter or drop" : ""));
            }
        }
        return faults;
    }

    /** The statement as a driver takes it; PostgreSQL's operators with a question mark are kept apart from parameters. */
    String sql(Dialect dialect) {
        return String.join("?", pieces)
                .replace(String.valueOf(StatementScan.OPERATOR), dialect == Dialect.POSTGRESQL ? "??" : "?");
    }
}
