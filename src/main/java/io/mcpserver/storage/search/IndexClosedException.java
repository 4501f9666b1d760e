package io.mcpserver.storage.search;

import java.io.IOException;

/** An index was closed while it was used, or by a write that failed; it has to be opened anew. */
public final class IndexClosedException extends IOException {

    public IndexClosedException(String message, Throwable cause) {
        super(message, cause);
    }
}
