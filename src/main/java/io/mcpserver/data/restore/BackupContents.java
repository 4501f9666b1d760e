package io.mcpserver.data.restore;

import io.mcpserver.data.lines.StoreLine;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which collections a backup has, with how many documents; filled while it is read. Not for several threads. */
public final class BackupContents {

    private final SortedMap<String, Long> documents = new TreeMap<>();

    /** Counts lines of the backup. */
    public void add(List<StoreLine> lines) {
        for (StoreLine line : lines) {
            switch (line) {
                case StoreLine.Settings one -> documents.merge(one.collection(), 0L, Long::sum);
                case StoreLine.Stored one when one.document().deleted() -> {
                    // Nothing of a collection is left that has only ids of what was deleted.
                }
                case StoreLine.Stored one -> documents.merge(one.document().collection(), 1L, Long::sum);
            }
        }
    }

    /** Documents by collection. */
    public SortedMap<String, Long> documents() {
        return documents;
    }
}
