package io.mcpserver.tool.declarative.http.client;

/**
 * An exchange that brought no answer. Its message names the host, such as {@code api.example.com refused the connection},
 * or goes on after it, and holds neither headers nor queries.
 */
public final class FetchException extends Exception {

    private static final long serialVersionUID = 1;

    /** What went wrong. */
    public enum Kind {
        /** The address may not be asked. */
        FORBIDDEN,
        /** Nothing was sent. */
        UNREACHABLE,
        /** The request may have been acted upon, but no whole answer came. */
        BROKEN,
        /** No time was left; the request may have been acted upon. */
        LATE,
        /** The answer exceeds a limit. */
        TOO_LARGE,
        /** The answer is not what HTTP allows, or not what was asked for. */
        UNREADABLE
    }

    private final Kind kind;

    public FetchException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static FetchException forbidden(String message) {
        return new FetchException(Kind.FORBIDDEN, message);
    }

    public Kind kind() {
        return kind;
    }
}
