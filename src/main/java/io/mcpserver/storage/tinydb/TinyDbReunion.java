package io.mcpserver.storage.tinydb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.FieldPath;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSalvage.Found;
import io.mcpserver.storage.StoredDocument;
import io.mcpserver.storage.journal.DocumentKey;
import io.mcpserver.storage.journal.JournalEntry;
import io.mcpserver.storage.journal.JournalSalvage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Brings together what the files of a damaged store say of each id. Where there is a state, it says which content belongs to
 * which version, wherever that content is found; without it the documents' file does, as far as it can.
 */
final class TinyDbReunion {

    private final TinyDbFiles files;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final List<String> faults = new ArrayList<>();
    private final List<String> derivedFaults = new ArrayList<>();
    private final List<Found> lost = new ArrayList<>();
    private final Map<DocumentKey, Found> usable = new LinkedHashMap<>();
    private final Map<String, CollectionSettings> settings = new TreeMap<>();
    private final JournalSalvage journal;
    private final Optional<TinyDbState> state;
    private final TinyDbPieces pieces;
    private final Map<DocumentKey, TinyDbRow> rows;
    private final Map<DocumentKey, TinyDbRow> previous;

    /** Whether the documents' file can be read from its beginning to its end, so that what is not in it was deleted. */
    private boolean whole;

    private TinyDbReunion(TinyDbFiles files) throws IOException {
        this.files = files;
        this.journal = JournalSalvage.read(files.journal());
        this.state = readState();
        this.pieces = readDocuments();
        this.rows = new LinkedHashMap<>(TinyDbComparison.keyed(pieces.tables()));
        this.previous = Files.exists(files.previous())
                ? TinyDbComparison.keyed(
                        TinyDbPieces.read(TinyDbFiles.read(files.previous())).tables())
                : Map.of();
    }

    static TinyDbReunion of(TinyDbFiles files) throws IOException {
        TinyDbReunion reunion = new TinyDbReunion(files);
        reunion.state.ifPresentOrElse(reunion::byState, reunion::byFile);
        reunion.byJournal();
        reunion.tellBroken();
        return reunion;
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    List<String> derivedFaults() {
        return List.copyOf(derivedFaults);
    }

    Map<String, CollectionSettings> settings() {
        return settings;
    }

    /** Everything, what cannot be used last. */
    List<Found> found() {
        List<Found> all = new ArrayList<>(usable.values());
        all.addAll(lost);
        return all;
    }

    /** Whether there is nothing that can be used. */
    boolean isEmpty() {
        return usable.isEmpty();
    }

    private long applied() {
        return state.map(TinyDbState::applied).orElse(0L);
    }

    private Optional<TinyDbState> readState() throws IOException {
        for (Path file : List.of(files.state(), files.nextState())) {
            try {
                Optional<TinyDbState> read = TinyDbState.read(file);
                if (read.isPresent()) {
                    return read;
                }
            } catch (StoreException e) {
                if (TinyDbState.isOfNewerProgram(file)) {
                    throw e;
                }
                faults.add(
                        "The file " + file
                                + " cannot be read: versions and times are those that documents.json has; ids"
                                + " that were deleted are forgotten, and settings of collections that the journal does not have.");
            }
        }
        return Optional.empty();
    }

    private TinyDbPieces readDocuments() throws IOException {
        Path file = files.documents();
        byte[] bytes = Files.exists(file) ? TinyDbFiles.read(file) : new byte[0];
        if (bytes.length == 0) {
            if (state.filter(known -> !known.documents().isEmpty()).isPresent()) {
                derivedFaults.add("The file " + file + " is gone or empty.");
            }
            return new TinyDbPieces(TinyDbTables.EMPTY, List.of(), List.of());
        }
        try {
            TinyDbTables tables = TinyDbTables.read(file, bytes);
            whole = true;
            return new TinyDbPieces(tables, List.of(), List.of());
        } catch (StoreException e) {
            // With a state every document is accounted for, one by one.
            (state.isPresent() ? derivedFaults : faults).add(e.getMessage());
            return TinyDbPieces.read(bytes);
        }
    }

    private void byState(TinyDbState known) {
        settings.putAll(known.settings());
        for (TinyDbState.Entry entry : known.deleted()) {
            TinyDbRow row = rows.remove(entry.key());
            usable.put(
                    entry.key(),
                    row == null
                            ? new Found.Good(stored(entry, Optional.empty()))
                            : new Found.Mended(next(entry, row), "was deleted, and is in the file again"));
        }
        for (TinyDbState.Entry entry : known.documents()) {
            TinyDbRow row = rows.remove(entry.key());
            if (row != null && isThat(row, entry)) {
                usable.put(entry.key(), new Found.Good(stored(entry, Optional.of(row.content()))));
            } else if (row != null) {
                usable.put(
                        entry.key(), new Found.Mended(next(entry, row), "was changed in the file by another program"));
            } else if (whole) {
                usable.put(entry.key(), new Found.Good(stored(entry, Optional.empty())));
            } else {
                lookElsewhere(entry);
            }
        }
        // Who is not in the state was put into the file by somebody else.
        rows.forEach((key, row) -> usable.putIfAbsent(key, found(key, row)));
    }

    /** A document that the file has no more: in the file before it, or in what the journal still has. */
    private void lookElsewhere(TinyDbState.Entry entry) {
        TinyDbRow before = previous.get(entry.key());
        JournalSalvage.Numbered journaled = journal.documents().get(entry.key());
        if (before != null && isThat(before, entry)) {
            usable.put(
                    entry.key(),
                    new Found.Mended(
                            stored(entry, Optional.of(before.content())),
                            "was taken from " + files.previous().getFileName()));
        } else if (journaled != null
                && journaled.entry() instanceof JournalEntry.Save save
                && save.document().version() == entry.version()) {
            usable.put(entry.key(), new Found.Mended(save.stored().orElseThrow(), "was taken from the journal"));
        } else {
            lose(entry);
            if (before != null) {
                usable.put(
                        entry.key(),
                        new Found.Mended(
                                next(entry, before),
                                "is as " + files.previous().getFileName() + " has it, which is older"));
            }
        }
    }

    private void lose(TinyDbState.Entry entry) {
        String rest = pieces.broken().stream()
                .filter(broken -> isThat(broken, entry))
                .map(TinyDbPieces.Broken::rest)
                .findFirst()
                .orElse("");
        lost.add(new Found.Lost(where(entry.key()), "cannot be read in its version " + entry.version(), rest));
    }

    private void byFile() {
        rows.forEach((key, row) -> usable.put(key, found(key, row)));
        if (!whole) {
            previous.forEach((key, row) -> usable.computeIfAbsent(
                    key,
                    missing -> new Found.Mended(
                            stored(key, row),
                            "was taken from " + files.previous().getFileName() + ", if it was not deleted since")));
        }
    }

    /** What is newer in the journal, in the place of what the files have. */
    private void byJournal() {
        settings.putAll(journal.settings(applied()));
        journal.documents().forEach((key, numbered) -> {
            StoredDocument newer = numbered.entry().stored().orElseThrow();
            boolean counts = state.isPresent()
                    ? numbered.number() > applied()
                    : Optional.ofNullable(usable.get(key))
                            .map(TinyDbReunion::document)
                            .filter(older -> !isNewer(newer, older))
                            .isEmpty();
            if (counts) {
                lost.removeIf(
                        one -> one instanceof Found.Lost gone && gone.where().equals(where(key)));
                if (usable.put(key, new Found.Good(newer)) instanceof Found.Mended(StoredDocument other, String why)
                        && !other.content().equals(newer.content())) {
                    lost.add(new Found.Lost(
                            where(key),
                            why + ", and was saved or deleted since: that counts",
                            other.content().map(ObjectNode::toString).orElse("")));
                }
            }
        });
        derivedFaults.addAll(journal.faults(applied()));
        state.flatMap(known -> journal.gap(known.applied())).ifPresent(lost::add);
        lost.addAll(journal.lost(applied()));
    }

    /** Of one version, the deletion is newer than the document. */
    private static boolean isNewer(StoredDocument newer, StoredDocument older) {
        return newer.version() > older.version()
                || newer.version() == older.version()
                        && (newer.deleted() || newer.content().equals(older.content()));
    }

    /** Broken parts of the file that are no document that was found elsewhere. */
    private void tellBroken() {
        for (TinyDbPieces.Broken broken : pieces.broken()) {
            boolean known =
                    state.stream().flatMap(is -> is.documents().stream()).anyMatch(entry -> isThat(broken, entry));
            if (!known) {
                String where = broken.number()
                        .map(number -> "document " + number + " of the table of " + broken.collection())
                        .orElse("a part of " + files.documents().getFileName());
                lost.add(new Found.Lost(where, broken.why(), broken.rest()));
            }
        }
        pieces.tables()
                .others()
                .forEach((name, table) -> lost.add(new Found.Lost(
                        "the table '" + name + "'", "is no collection and is not taken over", table.toString())));
    }

    private Found found(DocumentKey key, TinyDbRow row) {
        StoredDocument document = stored(key, row);
        return pieces.guessed().contains(row)
                ? new Found.Mended(document, "stands behind a damage and was taken for a document by its place")
                : new Found.Good(document);
    }

    private StoredDocument stored(DocumentKey key, TinyDbRow row) {
        Instant updated = row.updated().or(row::created).orElse(now);
        Instant created = row.created().filter(time -> !time.isAfter(updated)).orElse(updated);
        return new StoredDocument(
                key.collection(), key.id(), row.version(), created, updated, Optional.of(row.content()));
    }

    private static StoredDocument stored(TinyDbState.Entry entry, Optional<ObjectNode> content) {
        return new StoredDocument(
                entry.collection(),
                entry.id(),
                entry.version(),
                FieldPath.time(entry.created()),
                FieldPath.time(entry.updated()),
                content);
    }

    /** Another content than that of the version in the state is the next version. */
    private StoredDocument next(TinyDbState.Entry entry, TinyDbRow row) {
        Instant updated = FieldPath.time(entry.updated());
        return new StoredDocument(
                entry.collection(),
                entry.id(),
                entry.version() + 1,
                FieldPath.time(entry.created()),
                updated.isAfter(now) ? updated : now,
                Optional.of(row.content()));
    }

    private static boolean isThat(TinyDbRow row, TinyDbState.Entry entry) {
        return TinyDbRow.checksum(row.content()).equals(entry.checksum());
    }

    private static boolean isThat(TinyDbPieces.Broken broken, TinyDbState.Entry entry) {
        return broken.collection().equals(entry.collection())
                && broken.number().filter(number -> number == entry.number()).isPresent();
    }

    private static StoredDocument document(Found found) {
        return switch (found) {
            case Found.Good(StoredDocument document) -> document;
            case Found.Mended(StoredDocument document, String why) -> document;
            case Found.Lost gone -> throw new IllegalStateException(gone.where());
        };
    }

    private static String where(DocumentKey key) {
        return key.collection() + "/" + key.id();
    }
}
