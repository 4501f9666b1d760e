package io.mcpserver.config;

import java.util.Optional;

/** Says what the schema expects of a value, and what was found instead. */
final class Expectation {

    private static final int SHOWN = 60;

    private Expectation() {}

    /** Such as {@code must be a whole number from 0 to 65535}. */
    static String of(KeySchema key) {
        return "must be "
                + switch (key.kind()) {
                    case TEXT -> text(key);
                    case BOOLEAN -> "true or false";
                    case INTEGER ->
                        "a whole number" + key.unit().map(unit -> " of " + unit).orElse("") + " from " + key.minimum()
                                + " to " + key.maximum();
                    case NUMBER -> "a number from " + key.minimum() + " to " + key.maximum();
                    case SIZE ->
                        "a size from " + ByteSize.format(key.minimum()) + " to " + ByteSize.format(key.maximum())
                                + ", such as 10MB or 10MiB";
                    case LIST ->
                        key.items().map(KeySchema::kind).orElseThrow() == KeySchema.Kind.MAPPING
                                ? "a list of mappings with "
                                        + String.join(" and ", key.items().get().required())
                                : "a list";
                    case MAPPING ->
                        key.entries().isPresent()
                                ? "a mapping from names to values"
                                : "a mapping with " + String.join(" and ", key.required());
                };
    }

    private static String text(KeySchema key) {
        if (!key.choices().isEmpty()) {
            return "one of " + String.join(", ", key.choices());
        }
        return key.patternWords().isEmpty() ? "a text" : key.patternWords();
    }

    /** What was written, in quotes and shortened; not at all where it might be a secret. */
    static String shown(KeySchema key, Located written) {
        return switch (written.shape()) {
            case LIST, MAPPING -> written.text();
            case NUMBER -> key.holdsSecret() ? "a number" : written.text();
            case BOOLEAN, NOTHING -> written.text();
            case TEXT -> key.holdsSecret() ? "something else" : "\"" + plain(written.text()) + "\"";
        };
    }

    /** What to do about the commonest slips, or nothing. */
    static String remedy(KeySchema key, Located written) {
        boolean scalar = written.shape() == Located.Shape.NUMBER || written.shape() == Located.Shape.BOOLEAN;
        if (key.kind() == KeySchema.Kind.TEXT && scalar && key.choices().isEmpty() && !key.secret()) {
            return "; quote it: \"" + written.text() + "\"";
        }
        if (written.shape() != Located.Shape.TEXT || written.place().origin() != Origin.FILE) {
            return "";
        }
        boolean quotedNumber = key.kind() == KeySchema.Kind.INTEGER
                        && written.text().matches("[0-9]{1,18}")
                || key.kind() == KeySchema.Kind.NUMBER && written.text().matches("[0-9]{1,18}(\\.[0-9]{1,18})?");
        boolean quotedBoolean =
                key.kind() == KeySchema.Kind.BOOLEAN && written.text().matches("true|false");
        if (quotedNumber || quotedBoolean) {
            return "; remove the quotes";
        }
        if (key.kind() == KeySchema.Kind.LIST
                && key.items().map(KeySchema::kind).equals(Optional.of(KeySchema.Kind.TEXT))) {
            return "; write [\"" + plain(written.text()) + "\"]";
        }
        return "";
    }

    /** A text that is safe to print: without control characters, at most 60 characters. */
    static String plain(String text) {
        String printable = text.replaceAll("\\p{C}", "?");
        return printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN) + "…";
    }
}
