package io.mcpserver.error;

/** A failure that its caller can act on: a code, and one sentence that says what would be right. */
public class CodedException extends RuntimeException {

    private final ErrorCode code;
    private final boolean retryable;

    public CodedException(ErrorCode code, String message) {
        this(code, message, code.retryable());
    }

    public CodedException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.retryable = code.retryable();
    }

    /** @param retryable whether the same call may succeed later, in place of what the code says */
    public CodedException(ErrorCode code, String message, boolean retryable) {
        super(message);
        this.code = code;
        this.retryable = retryable;
    }

    public ErrorCode code() {
        return code;
    }

    /** Whether the same call may succeed later without being changed. */
    public boolean retryable() {
        return retryable;
    }
}
