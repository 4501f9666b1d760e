package io.mcpserver.storage.journal;

import java.time.Instant;

/**
 * What must be known of an id to decide a write; also of an id that was deleted.
 *
 * @param live false where it was deleted; {@code version} is then the one that it had
 */
public record Head(long version, boolean live, Instant created, Instant updated) {

    static Head of(JournalEntry entry) {
        return switch (entry) {
            case JournalEntry.Save save ->
                new Head(
                        save.document().version(),
                        true,
                        save.document().created(),
                        save.document().updated());
            case JournalEntry.Delete delete -> new Head(delete.version(), false, delete.created(), delete.updated());
            case JournalEntry.Configure configure ->
                throw new IllegalArgumentException("settings of " + configure.collection() + " have no head");
        };
    }
}
