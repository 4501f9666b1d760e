package io.mcpserver.mcp.message;

import java.util.Locale;

/** How a request came to be understood, as metrics and logs name it. */
public enum Era {
    /** In a session that began with {@code initialize}; revisions to 2025-11-25. */
    STATEFUL,
    /** By itself, with all that matters in {@code _meta}; revisions from 2026-07-28. */
    STATELESS,
    /** Without a session and without {@code _meta}: plain HTTP, or stdio before {@code initialize}. */
    PLAIN;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
