package io.mcpserver.tool.guard;

import com.networknt.schema.SchemaException;

/** A pattern that cannot be held against a text in reasonable time. The validator logs any other kind and goes on. */
final class PatternTooHard extends SchemaException {

    private static final int SHOWN = 100;

    /** @param why in words that follow the pattern */
    PatternTooHard(String pattern, String why) {
        super("the pattern \"%s\" %s"
                .formatted(pattern.length() <= SHOWN ? pattern : pattern.substring(0, SHOWN) + "…", why));
    }
}
