package io.mcpserver.storage;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;

/** A storage operation that did not happen, or ({@code OUTCOME_UNKNOWN}) may not have happened. */
public class StoreException extends CodedException {

    public StoreException(ErrorCode code, String message) {
        super(code, message);
    }

    public StoreException(ErrorCode code, String message, Throwable cause) {
        super(code, message, cause);
    }
}
