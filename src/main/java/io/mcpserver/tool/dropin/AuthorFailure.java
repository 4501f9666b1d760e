package io.mcpserver.tool.dropin;

import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the author of a tool did not foresee: a copy of it in words and stack frames, so that nothing of the author's
 * classes outlives them in the server, and none of their methods runs while it is logged.
 */
final class AuthorFailure extends Exception {

    private static final long serialVersionUID = 1;
    private static final int MOST_CAUSES = 5;
    private static final int MOST_FRAMES = 100;
    private static final int LONGEST = 1_000;

    private AuthorFailure(String message, AuthorFailure cause, StackTraceElement[] frames) {
        super(message, cause, false, true);
        setStackTrace(frames);
    }

    static AuthorFailure of(Throwable thrown) {
        return of(thrown, MOST_CAUSES);
    }

    private static AuthorFailure of(Throwable thrown, int causes) {
        try {
            Throwable cause = thrown.getCause();
            return new AuthorFailure(
                    inWords(thrown),
                    cause == null || cause == thrown || causes == 0 ? null : of(cause, causes - 1),
                    Stream.of(thrown.getStackTrace()).limit(MOST_FRAMES).toArray(StackTraceElement[]::new));
        } catch (RuntimeException | StackOverflowError e) {
            return new AuthorFailure(thrown.getClass().getTypeName(), null, new StackTraceElement[0]);
        }
    }

    /** The type and the message of what was thrown. */
    static String inWords(Throwable thrown) {
        String type = thrown.getClass().getTypeName();
        String message = message(thrown);
        return message.isEmpty() ? type : type + ": " + message;
    }

    /** The message of what was thrown; the empty text where there is none. */
    static String message(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null || message.length() <= LONGEST
                    ? Objects.requireNonNullElse(message, "")
                    : message.substring(0, LONGEST) + "…";
        } catch (RuntimeException | StackOverflowError e) {
            return "";
        }
    }

    /** The line of a source file at which it was thrown; 0 where none of its frames is of that file. */
    static int line(Throwable thrown, String source) {
        for (Throwable each = of(thrown); each != null; each = each.getCause()) {
            for (StackTraceElement frame : each.getStackTrace()) {
                if (source.equals(frame.getFileName()) && frame.getLineNumber() > 0) {
                    return frame.getLineNumber();
                }
            }
        }
        return 0;
    }
}
