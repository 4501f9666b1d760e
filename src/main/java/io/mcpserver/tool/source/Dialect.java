package io.mcpserver.tool.source;

import java.util.Locale;

/** The databases between which something is done differently, told apart by their address. */
public enum Dialect {
    POSTGRESQL,
    DUCKDB,
    OTHER;

    /** @param url of JDBC */
    static Dialect of(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        if (lower.startsWith("jdbc:postgresql:")) {
            return POSTGRESQL;
        }
        return lower.startsWith("jdbc:duckdb:") ? DUCKDB : OTHER;
    }
}
