package io.mcpserver.data.desk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.config.ProgramVersion;
import io.mcpserver.data.lines.StoreLineText;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.StoreSnapshot;
import io.mcpserver.storage.StoredDocument;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A snapshot as lines: first the settings, then what was saved. Threads: one at a time. */
final class SnapshotLines implements AutoCloseable {

    private static final int PAGE = 500;

    private final StoreSnapshot snapshot;
    private final Set<String> collections;
    private final boolean deleted;
    private boolean begun;

    /**
     * @param collections that are wanted; empty: all
     * @param deleted whether ids are wanted of which the document was deleted
     */
    SnapshotLines(StoreSnapshot snapshot, Set<String> collections, boolean deleted) {
        this.snapshot = snapshot;
        this.collections = collections;
        this.deleted = deleted;
    }

    /** What is in it, as an answer to who begins to read it under an id. */
    String describe(String id, String engine) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("sequence", snapshot.sequence())
                .put("documents", snapshot.documents())
                .put("deleted", snapshot.deletedIds())
                .put(
                        "settings",
                        snapshot.settings().keySet().stream()
                                .filter(this::wanted)
                                .count())
                .put("engine", engine)
                .put("program", ProgramVersion.get())
                .toString();
    }

    /** The next lines, each with its end; empty after the last one. */
    String next() {
        StringBuilder text = new StringBuilder();
        if (!begun) {
            begun = true;
            for (Map.Entry<String, CollectionSettings> entry :
                    snapshot.settings().entrySet()) {
                if (wanted(entry.getKey())) {
                    text.append(StoreLineText.write(entry.getKey(), entry.getValue()))
                            .append('\n');
                }
            }
        }
        while (text.isEmpty()) {
            List<StoredDocument> some = snapshot.next(PAGE);
            if (some.isEmpty()) {
                return "";
            }
            for (StoredDocument document : some) {
                if (wanted(document.collection()) && (deleted || !document.deleted())) {
                    text.append(StoreLineText.write(document)).append('\n');
                }
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        snapshot.close();
    }

    private boolean wanted(String collection) {
        return collections.isEmpty() || collections.contains(collection);
    }
}
