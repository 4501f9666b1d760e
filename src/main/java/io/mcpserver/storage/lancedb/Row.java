package io.mcpserver.storage.lancedb;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.storage.Change;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentJson;
import io.mcpserver.storage.FieldPath;
import io.mcpserver.storage.SettingsJson;
import io.mcpserver.storage.StoredDocument;
import io.mcpserver.storage.journal.JournalEntry;
import java.util.List;
import java.util.Optional;

/**
 * One row of the dataset: a document, the tombstone of a deleted one, the settings of a collection, or how much
 * of the journal the dataset has.
 *
 * @param sequence of the change that made it; 0 for what is no document
 * @param created microseconds since the epoch
 * @param updated microseconds since the epoch; for a tombstone when it was deleted
 * @param live whether it is a document
 * @param bytes of the content in UTF-8; 0 for a tombstone
 * @param content JSON; null for a tombstone, and where only the rest was read
 */
record Row(
        String key, long version, long sequence, long created, long updated, boolean live, int bytes, String content) {

    /** The row that an entry of the journal makes. */
    static Row of(JournalEntry entry) {
        return switch (entry) {
            case JournalEntry.Save save ->
                new Row(
                        Keys.of(save.collection(), save.document().id()),
                        save.document().version(),
                        save.sequence(),
                        FieldPath.micros(save.document().created()),
                        FieldPath.micros(save.document().updated()),
                        true,
                        DocumentJson.size(save.content()),
                        save.content());
            case JournalEntry.Delete delete ->
                new Row(
                        Keys.of(delete.collection(), delete.id()),
                        delete.version(),
                        delete.sequence(),
                        FieldPath.micros(delete.created()),
                        FieldPath.micros(delete.updated()),
                        false,
                        0,
                        null);
            case JournalEntry.Configure configure ->
                internal(Keys.ofSettings(configure.collection()), 0, SettingsJson.write(configure.settings()));
        };
    }

    /** Says that the dataset has the journal up to a record. */
    static Row applied(long number) {
        return internal(Keys.APPLIED, number, null);
    }

    private static Row internal(String key, long version, String content) {
        return new Row(key, version, 0, 0, 0, false, 0, content);
    }

    /** The same row without its content. */
    Row head() {
        return new Row(key, version, sequence, created, updated, live, bytes, null);
    }

    StoredDocument stored() {
        return new StoredDocument(
                Keys.collection(key),
                Keys.id(key),
                version,
                FieldPath.time(created),
                FieldPath.time(updated),
                live ? Optional.of(DocumentJson.read(content)) : Optional.empty());
    }

    Document document() {
        return new Document(
                Keys.id(key), DocumentJson.read(content), version, FieldPath.time(created), FieldPath.time(updated));
    }

    /** The document without what is in it, for those who ask only for its own properties. */
    Document shell() {
        return new Document(
                Keys.id(key),
                JsonNodeFactory.instance.objectNode(),
                version,
                FieldPath.time(created),
                FieldPath.time(updated));
    }

    Change change() {
        return new Change(
                sequence,
                Keys.collection(key),
                Keys.id(key),
                live ? Optional.of(document()) : Optional.empty(),
                List.of());
    }
}
