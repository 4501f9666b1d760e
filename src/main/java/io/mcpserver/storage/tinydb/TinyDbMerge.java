package io.mcpserver.storage.tinydb;

import io.mcpserver.storage.Document;
import io.mcpserver.storage.journal.Decision;
import io.mcpserver.storage.journal.DocumentKey;
import io.mcpserver.storage.journal.Head;
import io.mcpserver.storage.journal.JournalWrite;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * Takes over what somebody else did to the file, as a write like any other: versions, journal, listeners.
 *
 * <p>A document that only the other changed or deleted is as he left it. Where both changed one, ours stays under its id and
 * the other's is kept beside it, as {@code ID~conflict-CHECKSUM}; where he deleted what was saved here since, it stays. Done
 * twice it does what done once does.
 */
final class TinyDbMerge implements JournalWrite<Integer> {

    private static final System.Logger LOG = System.getLogger(TinyDbMerge.class.getName());
    private static final int ID_IN_CONFLICT = 200;

    private final List<TinyDbComparison.Change> changes;
    private final TinyDbContents contents;

    TinyDbMerge(List<TinyDbComparison.Change> changes, TinyDbContents contents) {
        this.changes = changes;
        this.contents = contents;
    }

    @Override
    public Integer in(Decision decision) {
        int conflicts = 0;
        for (TinyDbComparison.Change change : changes) {
            Optional<Head> head = decision.head(change.key()).filter(Head::live);
            conflicts += switch (change) {
                case TinyDbComparison.Change.Added added -> add(decision, added.key(), added.row());
                case TinyDbComparison.Change.Edited edited -> edit(decision, edited, head);
                case TinyDbComparison.Change.Removed removed -> remove(decision, removed, head);
            };
        }
        return conflicts;
    }

    @Override
    public List<DocumentKey> keys() {
        return changes.stream().map(TinyDbComparison.Change::key).toList();
    }

    @Override
    public boolean alone() {
        return true;
    }

    @Override
    public boolean urgent() {
        return true;
    }

    private int add(Decision decision, DocumentKey key, TinyDbRow row) {
        return decision.adopt(key.collection(), document(decision, key.id(), row), text(row)) || isSame(key, row)
                ? 0
                : keepBeside(decision, key, row);
    }

    private int edit(Decision decision, TinyDbComparison.Change.Edited edited, Optional<Head> head) {
        DocumentKey key = edited.key();
        if (head.isPresent() && head.get().version() == edited.version()) {
            decision.save(key.collection(), key.id(), edited.row().content(), text(edited.row()), List.of());
            return 0;
        }
        return isSame(key, edited.row()) ? 0 : keepBeside(decision, key, edited.row());
    }

    private static int remove(Decision decision, TinyDbComparison.Change.Removed removed, Optional<Head> head) {
        DocumentKey key = removed.key();
        if (head.isPresent() && head.get().version() == removed.version()) {
            decision.delete(key.collection(), List.of(key.id()));
        } else if (head.isPresent()) {
            LOG.log(
                    Level.WARNING,
                    "The document {0} of {1} was deleted from the file by somebody else, and saved here at the same"
                            + " time: it stays.",
                    key.id(),
                    key.collection());
            return 1;
        }
        return 0;
    }

    private int keepBeside(Decision decision, DocumentKey key, TinyDbRow row) {
        String id = key.id();
        int length = Math.min(ID_IN_CONFLICT, id.codePointCount(0, id.length()));
        String beside =
                id.substring(0, id.offsetByCodePoints(0, length)) + "~conflict-" + TinyDbRow.checksum(row.content());
        if (decision.adopt(key.collection(), document(decision, beside, row), text(row))) {
            LOG.log(
                    Level.WARNING,
                    "The document {0} of {1} was changed in the file by somebody else, and saved or deleted here at the"
                            + " same time: what was done here counts, the other content is kept as {2}.",
                    id,
                    key.collection(),
                    beside);
        }
        return 1;
    }

    private boolean isSame(DocumentKey key, TinyDbRow row) {
        return contents.find(key)
                .filter(known -> known.checksum().equals(TinyDbRow.checksum(row.content())))
                .isPresent();
    }

    private static Document document(Decision decision, String id, TinyDbRow row) {
        return new Document(
                id,
                row.content(),
                row.version(),
                row.created().orElse(decision.now()),
                row.updated().or(row::created).orElse(decision.now()));
    }

    private static String text(TinyDbRow row) {
        return row.content().toString();
    }
}
