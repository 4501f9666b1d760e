package io.mcpserver.error;

/** What went wrong, as a word that metrics count and that a caller can act on. */
public enum ErrorCode {
    /** The caller's input is wrong; the message says where and what would be right. */
    INVALID_ARGUMENT(false),
    /** The thing named does not exist. */
    NOT_FOUND(false),
    /** An expected version no longer holds; read again, then save again. */
    CONFLICT(true),
    /** The input exceeds a stated limit. */
    TOO_LARGE(false),
    /** This engine or this configuration does not offer the operation. */
    UNSUPPORTED(false),
    /** Another process owns the data directory. */
    STORE_LOCKED(true),
    /** The data directory cannot be written. */
    STORE_READ_ONLY(false),
    /** No space is left; nothing was saved. */
    DISK_FULL(true),
    /** The store is closed, closing or damaged. */
    STORE_UNAVAILABLE(true),
    /** Something outside of this server that the tool needs does not answer. */
    UNAVAILABLE(true),
    /** A write was not acknowledged and may or may not have happened; read before retrying. */
    OUTCOME_UNKNOWN(true),
    /** The call took longer than {@code performance.request_timeout}, or than its tool may. */
    TIMEOUT(true),
    /** The caller may not do this; another key may. */
    FORBIDDEN(false),
    /** The caller has called too often; the message says when to come again. */
    RATE_LIMITED(true),
    /** The user was asked and said no; nothing was done. */
    DECLINED(false),
    /** The client took the call back before it was done. */
    CANCELLED(true),
    /** A defect of this program. */
    INTERNAL(false);

    private final boolean retryable;

    ErrorCode(boolean retryable) {
        this.retryable = retryable;
    }

    /** Whether the same call may succeed later without being changed. */
    public boolean retryable() {
        return retryable;
    }
}
