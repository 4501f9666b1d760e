package io.mcpserver.tool.dropin.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;

/** Words for an argument that its schema lets through and its type does not take, such as a date that is none. */
final class Misfit {

    private static final int SHOWN = 60;

    private Misfit() {}

    static CodedException of(String where, String wanted, JsonNode json) {
        String given = json.toString();
        // By code points, so that no half of a character is left.
        String shown = given.codePointCount(0, given.length()) <= SHOWN
                ? given
                : given.substring(0, given.offsetByCodePoints(0, SHOWN)) + "…";
        return new CodedException(
                ErrorCode.INVALID_ARGUMENT, "%s must be %s, but is %s.".formatted(where, wanted, shown));
    }
}
