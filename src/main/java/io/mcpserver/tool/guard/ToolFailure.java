package io.mcpserver.tool.guard;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Turns whatever a call threw into a failure that its caller can act on. */
final class ToolFailure {

    private static final Logger LOG = Logger.getLogger(ToolFailure.class);

    private ToolFailure() {}

    /** The failure with its code; one that nobody foresaw is logged, and told only by a reference to the log. */
    static CodedException of(String what, Throwable thrown, TimeLimit limit) {
        Throwable cause = cause(thrown);
        return switch (cause) {
            case CodedException coded -> coded;
            case TimeoutException timeout ->
                new CodedException(
                        ErrorCode.TIMEOUT,
                        ("%s took longer than %s s (%s) and was stopped. Ask for less, or try again later; if it was to"
                                        + " write, first look what is there.")
                                .formatted(what, seconds(limit.time()), limit.origin()));
            case RejectedExecutionException rejected ->
                new CodedException(
                        ErrorCode.STORE_UNAVAILABLE, "The server is stopping; try again when it is back.", rejected);
            default -> unforeseen(what, cause);
        };
    }

    /** What was thrown, without the wrapping that a stage puts around it. */
    static Throwable cause(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    private static CodedException unforeseen(String what, Throwable cause) {
        String reference =
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        LOG.errorf(cause, "%s failed, reference %s", what, reference);
        return new CodedException(
                ErrorCode.INTERNAL,
                ("%s failed because of a defect in the server, not of your arguments. Do not repeat the call; tell the"
                                + " operator the reference %s, which is in the server's log.")
                        .formatted(what, reference),
                cause);
    }

    private static String seconds(Duration limit) {
        return limit.toMillis() % 1000 == 0 ? "" + limit.toSeconds() : "" + limit.toMillis() / 1000.0;
    }
}
