package io.mcpserver.storage.journal;

import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreSalvage.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What can be read of the files of a journal, whatever is damaged: of each id the newest save or deletion. Changes nothing,
 * and holds it in memory, as the engine does that applies it.
 */
public final class JournalSalvage implements SegmentSalvage.Finding {

    /**
     * Records that cannot be read.
     *
     * @param at byte of the file
     * @param why without a subject
     * @param rest what is left of them, as text
     */
    record Missing(Path file, long at, long first, long last, String why, String rest) {

        String where() {
            String records = first == last ? "record " + first : "records " + first + " to " + last;
            return records + " of the journal " + file;
        }
    }

    /** An entry, with the number of its record. */
    public record Numbered(long number, JournalEntry entry) {}

    private final Map<DocumentKey, Numbered> documents = new LinkedHashMap<>();
    private final Map<String, Numbered> settings = new TreeMap<>();
    private final List<Missing> missing = new ArrayList<>();

    private OptionalLong first = OptionalLong.empty();

    private final Path folder;

    private JournalSalvage(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads a journal; one that is not there is empty.
     *
     * @throws StoreException {@code STORE_UNAVAILABLE} if it is of a newer program
     */
    public static JournalSalvage read(Path folder) {
        JournalSalvage salvage = new JournalSalvage(folder);
        try {
            if (Files.isDirectory(folder)) {
                salvage.segments(new JournalFolder(folder).segments());
            }
            return salvage;
        } catch (IOException e) {
            throw StorageFault.of("The journal " + folder + " cannot be read", e);
        }
    }

    /** The newest entry of each id, also of records that the engine has. */
    public Map<DocumentKey, Numbered> documents() {
        return documents;
    }

    /** Settings of collections that are in records beyond one. */
    public Map<String, CollectionSettings> settings(long applied) {
        Map<String, CollectionSettings> newer = new TreeMap<>();
        settings.forEach((collection, numbered) -> {
            if (numbered.number() > applied) {
                newer.put(collection, ((JournalEntry.Configure) numbered.entry()).settings());
            }
        });
        return newer;
    }

    /** Number of the first record that the oldest file may have; empty where there is no file. */
    public OptionalLong first() {
        return first;
    }

    /** Whether nothing in it is broken. */
    public boolean isWhole() {
        return missing.isEmpty();
    }

    /** What is broken in it and costs nothing, for the engine has it. */
    public List<String> faults(long applied) {
        return missing.stream()
                .filter(one -> one.last() <= applied)
                .map(one -> one.where() + " cannot be read (byte " + one.at() + ": " + one.why()
                        + "); the documents have what was in it.")
                .toList();
    }

    /** What is broken in it and not known from elsewhere. */
    public List<Found> lost(long applied) {
        return missing.stream()
                .filter(one -> one.last() > applied)
                .<Found>map(one -> new Found.Lost(
                        one.where(), "cannot be read (byte " + one.at() + ": " + one.why() + ")", one.rest()))
                .toList();
    }

    /** Records between what the engine has and the oldest file: of a file that is not there. */
    public Optional<Found> gap(long applied) {
        if (first.isEmpty() || first.getAsLong() <= applied + 1) {
            return Optional.empty();
        }
        String where = "records %d to %d of the journal %s".formatted(applied + 1, first.getAsLong() - 1, folder);
        return Optional.of(new Found.Lost(where, "are in no file", ""));
    }

    @Override
    public void record(JournalRecord record) {
        for (JournalEntry entry : record.entries()) {
            Numbered numbered = new Numbered(record.number(), entry);
            Optional<DocumentKey> key = entry.change().map(change -> new DocumentKey(change.collection(), change.id()));
            key.ifPresentOrElse(
                    changed -> documents.put(changed, numbered), () -> settings.put(entry.collection(), numbered));
        }
    }

    @Override
    public void missing(Missing records) {
        missing.add(records);
    }

    private void segments(TreeMap<Long, Path> segments) throws IOException {
        first = segments.isEmpty() ? OptionalLong.empty() : OptionalLong.of(segments.firstKey());
        for (Map.Entry<Long, Path> segment : segments.entrySet()) {
            Long next = segments.higherKey(segment.getKey());
            SegmentSalvage.read(
                    segment.getValue(),
                    segment.getKey(),
                    next == null ? OptionalLong.empty() : OptionalLong.of(next),
                    this);
        }
    }
}
