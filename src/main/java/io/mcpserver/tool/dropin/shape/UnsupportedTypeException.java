package io.mcpserver.tool.dropin.shape;

/** A type, or what is said of it, that has no JSON. The message follows on the name of what has the type. */
public final class UnsupportedTypeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnsupportedTypeException(String message) {
        super(message, null, false, false);
    }

    /** The same of the record that has the part. */
    UnsupportedTypeException within(String part) {
        return new UnsupportedTypeException("has the part %s, which %s".formatted(part, getMessage()));
    }
}
