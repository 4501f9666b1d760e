package io.mcpserver.tool.declarative.http;

/** What a request wants of the server. */
enum HttpMethod {
    GET(false, true),
    HEAD(false, true),
    POST(true, false),
    PUT(true, true),
    PATCH(true, false),
    DELETE(true, true);

    private final boolean changes;
    private final boolean repeatable;

    HttpMethod(boolean changes, boolean repeatable) {
        this.changes = changes;
        this.repeatable = repeatable;
    }

    /** Whether something may be another afterwards. */
    boolean changes() {
        return changes;
    }

    /** Whether doing it twice is the same as doing it once. */
    boolean repeatable() {
        return repeatable;
    }
}
