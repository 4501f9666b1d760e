package io.mcpserver.tool;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The room for the items of one result, so that the whole stays within {@code tools.max_result_bytes}.
 * Not for several threads.
 */
public final class ResultBudget {

    /** Room for a cursor and a note that says how to get the rest. */
    private static final int FRAME = 2_048;

    private long left;

    /** @param maxBytes bytes of the whole result, at most half of which the frame may take */
    public ResultBudget(int maxBytes) {
        this.left = Math.max(maxBytes - ResultSize.ENVELOPE - FRAME, maxBytes / 2);
    }

    /** Bytes that an item takes of the result. */
    public static long cost(JsonNode item) {
        return ResultSize.ofItem(item.toString());
    }

    /** Takes the item's room if it is there. */
    public boolean take(JsonNode item) {
        return take(cost(item));
    }

    /** Takes some room if it is there. */
    public boolean take(long bytes) {
        if (bytes > left) {
            return false;
        }
        left -= bytes;
        return true;
    }

    /** Gives back room that was taken. */
    public void giveBack(long bytes) {
        left += bytes;
    }
}
