package io.mcpserver.tool.source;

import java.util.Locale;

/** The databases between which something is done differently, told apart by their address. */
public enum Dialect {
    POSTGRESQL,
    DUCKDB,
    SQLITE,
    OTHER;

    /** @param url of JDBC */
    static Dialect of(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        if (lower.startsWith("jdbc:postgresql:")) {
            return POSTGRESQL;
        }
        if (lower.startsWith("jdbc:duckdb:")) {
            return DUCKDB;
        }
        return lower.startsWith("jdbc:sqlite:") ? SQLITE : OTHER;
    }

    /** Whether its driver is one of a jar beside the program, of which only what JDBC promises is known. */
    boolean isForeign() {
        return this == SQLITE || this == OTHER;
    }
}
