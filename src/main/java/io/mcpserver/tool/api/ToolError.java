package io.mcpserver.tool.api;

import java.util.Objects;

/**
 * A failure that the model can act on: it is told the code, the message, and whether to try again. Anything else that a
 * tool throws is a defect: it is logged, and the client gets a reference to the log.
 */
public class ToolError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Code code;
    private final boolean retryable;

    /** What went wrong, as a word that metrics count. */
    public enum Code {
        /** An argument is wrong; the message says which and what would be right. */
        INVALID_ARGUMENT(false),
        /** The thing named does not exist. */
        NOT_FOUND(false),
        /** What was there changed meanwhile; look again, then repeat the change. */
        CONFLICT(true),
        /** More than a stated limit. */
        TOO_LARGE(false),
        /** Not offered here. */
        UNSUPPORTED(false),
        /** Something that the tool needs does not answer. */
        UNAVAILABLE(true),
        /** It may or may not have happened; look before trying again. */
        OUTCOME_UNKNOWN(true),
        /** It took too long. */
        TIMEOUT(true),
        /** The user said no. */
        DECLINED(false),
        /** The client took the call back. */
        CANCELLED(true);

        private final boolean retryable;

        Code(boolean retryable) {
            this.retryable = retryable;
        }

        /** Whether the same call may succeed later without being changed, where nothing else is said. */
        public boolean retryable() {
            return retryable;
        }
    }

    /** @param message one sentence that says what would be right; no secret */
    public ToolError(Code code, String message) {
        this(code, message, Objects.requireNonNull(code, "a failure needs a code").retryable);
    }

    /**
     * @param message one sentence that says what would be right; no secret
     * @param retryable whether the same call may succeed later without being changed
     */
    public ToolError(Code code, String message, boolean retryable) {
        super(message);
        this.code = Objects.requireNonNull(code, "a failure needs a code");
        this.retryable = retryable;
    }

    public Code code() {
        return code;
    }

    public boolean retryable() {
        return retryable;
    }
}
