package io.mcpserver.importer;

/** A file that cannot be imported; the message says why, and in which line where that is known. */
public class BadFileException extends Exception {

    public BadFileException(String message) {
        super(message);
    }

    /** @param line counted from 1 */
    public BadFileException(long line, String message) {
        super("line " + line + ": " + message);
    }
}
