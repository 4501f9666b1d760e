package io.mcpserver.error;

/** A failure that its caller can act on: a code, and one sentence that says what would be right. */
public class CodedException extends RuntimeException {

    private final ErrorCode code;

    public CodedException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public CodedException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
