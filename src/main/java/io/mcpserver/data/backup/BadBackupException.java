package io.mcpserver.data.backup;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;

/** A file that is no whole, undamaged backup; the message is a sentence that says why. */
public final class BadBackupException extends CodedException {

    public BadBackupException(String message) {
        super(ErrorCode.INVALID_ARGUMENT, message);
    }

    public BadBackupException(String message, Throwable cause) {
        super(ErrorCode.INVALID_ARGUMENT, message, cause);
    }
}
