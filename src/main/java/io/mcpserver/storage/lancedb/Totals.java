package io.mcpserver.storage.lancedb;

/**
 * What a collection holds.
 *
 * @param bytes of the contents of its documents
 * @param deleted ids of which the document was deleted
 * @param largest bytes of the largest content that was seen since the store was opened, also if it is gone
 */
record Totals(long documents, long bytes, long deleted, int largest) {

    static final Totals NONE = new Totals(0, 0, 0, 0);

    /** With one row more. */
    Totals with(boolean live, int contentBytes) {
        return live
                ? new Totals(documents + 1, bytes + contentBytes, deleted, Math.max(largest, contentBytes))
                : new Totals(documents, bytes, deleted + 1, largest);
    }

    /** With one row in place of another; null where there is none. */
    Totals with(Row before, Row after) {
        Totals left = this;
        if (before != null) {
            left = before.live()
                    ? new Totals(documents - 1, bytes - before.bytes(), deleted, largest)
                    : new Totals(documents, bytes, deleted - 1, largest);
        }
        return left.with(after.live(), after.bytes());
    }
}
