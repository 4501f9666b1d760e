package io.mcpserver.tool.dropin.shape;

import java.util.HashSet;
import java.util.Set;

/** The records that a schema in the making is inside of, and how large it has become. */
final class SchemaPath {

    private static final int MOST_PARTS = 2_000;

    /** A schema that would be too large for anybody. */
    static final class TooManyPartsException extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooManyPartsException() {
            super(null, null, false, false);
        }

        UnsupportedTypeException inWords() {
            return new UnsupportedTypeException(
                    "has more than %,d parts, with those of its parts".formatted(MOST_PARTS));
        }
    }

    private final boolean output;
    private final Set<Class<?>> open = new HashSet<>();
    private int parts;

    /** @param output whether it is of a result, which has every part that is no {@code Optional} */
    SchemaPath(boolean output) {
        this.output = output;
    }

    boolean output() {
        return output;
    }

    /**
     * Goes into a record.
     *
     * @return whether it is another one than those around it
     */
    boolean enter(Class<?> type) {
        return open.add(type);
    }

    void leave(Class<?> type) {
        open.remove(type);
    }

    /** Counts one more part of a record. */
    void count() {
        if (++parts > MOST_PARTS) {
            throw new TooManyPartsException();
        }
    }
}
