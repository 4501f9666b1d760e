package io.mcpserver.storage;

import io.mcpserver.error.ErrorCode;
import java.util.regex.Pattern;

/** What a collection may be called. */
public final class CollectionNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");

    private CollectionNames() {}

    /** Whether {@link #check} lets it pass. */
    public static boolean isValid(String name) {
        return name != null && NAME.matcher(name).matches();
    }

    /**
     * Returns the name, which is 1–128 characters of {@code A–Z a–z 0–9 _ . -} and begins with a letter
     * or digit.
     *
     * @throws StoreException {@code INVALID_ARGUMENT} otherwise
     */
    public static String check(String name) {
        if (!isValid(name)) {
            throw new StoreException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The collection name " + Quoted.text(name)
                            + " is not valid: use 1 to 128 letters, digits, '_', '.' or '-', beginning with a letter"
                            + " or digit.");
        }
        return name;
    }
}
