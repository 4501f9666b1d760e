package io.mcpserver.storage.search;

import java.io.IOException;

/** The files of an index are not what was written; it has to be built anew. */
public final class DamagedIndexException extends IOException {

    public DamagedIndexException(String message, Throwable cause) {
        super(message, cause);
    }
}
