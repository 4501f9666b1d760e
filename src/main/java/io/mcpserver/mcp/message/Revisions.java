package io.mcpserver.mcp.message;

import java.util.List;
import java.util.stream.Stream;

/** The revisions of the protocol that are spoken, newest first. */
public final class Revisions {

    /** Each request stands for itself and says its revision in {@code _meta}. */
    public static final List<String> STATELESS = List.of("2026-07-28");

    /** A session begins with {@code initialize}. */
    public static final List<String> STATEFUL = List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

    public static final List<String> ALL =
            Stream.concat(STATELESS.stream(), STATEFUL.stream()).toList();

    private Revisions() {}
}
