package io.mcpserver.storage.lancedb;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.SettingsJson;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSalvage.Found;
import io.mcpserver.storage.journal.JournalEntry;
import io.mcpserver.storage.journal.JournalSalvage;
import io.mcpserver.storage.lancedb.dataset.Versions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Where the newest row of each key is, and what cannot be read: everything is read once, without keeping contents.
 *
 * <p>No key ever goes, for a deleted document leaves a row too, and a newer row has a greater sequence. So neither the lists
 * of deleted rows nor an index is needed to tell which row counts.
 */
final class LanceDbSurvey {

    /** Where a row is. */
    private record Place(long sequence, int file, int row) {}

    /** A row of which the content cannot be read. */
    private record Lost(long sequence, String why) {}

    /** Rows of which not even the keys can be read. */
    private record Unnamed(String file, Found.Lost rows) {}

    private final Path dataset;
    private final RowProcessLine line;
    private final JournalSalvage journal;
    private final DatasetVersions versions;
    private final List<String> faults = new ArrayList<>();
    private final List<String> derivedFaults = new ArrayList<>();
    private final List<DataFileRows> files = new ArrayList<>();
    private final Map<String, Place> newest = new HashMap<>();
    private final Map<String, Lost> lost = new LinkedHashMap<>();
    private final List<Unnamed> unnamed = new ArrayList<>();
    private final Map<String, CollectionSettings> settings = new TreeMap<>();
    private final Map<String, JournalEntry> journaled = new LinkedHashMap<>();

    /** How much of the journal is in the rows of a file, by the file. */
    private final Map<String, Long> applied = new HashMap<>();

    /** How many of the files are of the newest version; those behind have rows of others. */
    private int current;

    private LanceDbSurvey(Path dataset, RowProcessLine line, JournalSalvage journal) throws IOException {
        this.dataset = dataset;
        this.line = line;
        this.journal = journal;
        this.versions = DatasetVersions.read(dataset, line);
    }

    static LanceDbSurvey of(Path dataset, RowProcessLine line, JournalSalvage journal) throws IOException {
        LanceDbSurvey survey = new LanceDbSurvey(dataset, line, journal);
        survey.read();
        return survey;
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

    List<DataFileRows> files() {
        return files;
    }

    /** What the journal has, which has checksums, and no file has newer. */
    List<JournalEntry> journaled() {
        return List.copyOf(journaled.values());
    }

    List<Found> lost() {
        List<Found> all = new ArrayList<>();
        lost.forEach((key, one) -> all.add(new Found.Lost(where(key), one.why(), "")));
        unnamed.forEach(one -> all.add(one.rows()));
        journal.gap(applied()).ifPresent(all::add);
        all.addAll(journal.lost(applied()));
        return all;
    }

    /** Whether a row is the one that counts for its document. */
    boolean counts(int file, JsonNode row) {
        String key = row.path("key").asText();
        return !Keys.isInternal(key)
                && !journaled.containsKey(key)
                && place(file, row).equals(newest.get(key));
    }

    /** What was wrong with a document of which a row counts, without a subject. */
    Optional<String> why(String key) {
        if (lost.containsKey(key)) {
            return Optional.of("is as an older row has it");
        }
        return newest.get(key).file() < current
                ? Optional.empty()
                : Optional.of("was found in a file that the newest readable version does not have");
    }

    private void read() throws IOException {
        derivedFaults.addAll(versions.faults());
        Map<String, Integer> rows =
                versions.newest().map(DatasetVersions.Version::files).orElse(Map.of());
        rows.forEach(this::survey);
        current = files.size();
        boolean whole = versions.faults().isEmpty() && lost.isEmpty() && unnamed.isEmpty();
        if (!whole) {
            for (String other : versions.others()) {
                DataFileRows file = new DataFileRows(line, other);
                file.size().ifPresent(size -> {
                    files.add(file);
                    file.survey(size, head(files.size() - 1));
                });
            }
        }
        readJournal();
        lost.entrySet()
                .removeIf(one -> isSuperseded(one.getKey(), one.getValue().sequence()));
        passOver();
        if (whole && versions.newest().isPresent()) {
            compare(versions.newest().get());
        }
    }

    private void survey(String name, int rows) {
        DataFileRows file = new DataFileRows(line, name);
        files.add(file);
        file.survey(rows, head(files.size() - 1));
        for (DataFileRows.Broken broken : file.broken()) {
            boolean named = file.heads(broken.rows(), head -> {
                String key = head.path("key").asText();
                if (Keys.isOfDocument(key) && !Keys.isInternal(key)) {
                    lost.merge(
                            key,
                            new Lost(head.path("sequence").asLong(), broken.why()),
                            (a, b) -> a.sequence() > b.sequence() ? a : b);
                }
            });
            if (!named) {
                int last = broken.rows().end() - 1;
                String which = broken.rows().from() == last
                        ? "row " + last
                        : "rows " + broken.rows().from() + " to " + last;
                unnamed.add(new Unnamed(name, new Found.Lost(which + " of the file " + name, broken.why(), "")));
            }
        }
    }

    private Consumer<JsonNode> head(int file) {
        return row -> {
            String key = row.path("key").asText();
            if (key.equals(Keys.APPLIED)) {
                applied.merge(files.get(file).file(), row.path("version").asLong(), Math::max);
            } else if (key.isEmpty() || !Keys.isSettings(key) && !Keys.isOfDocument(key)) {
                unnamed.add(new Unnamed(
                        files.get(file).file(),
                        new Found.Lost(
                                "row " + row.path("row").asInt() + " of the file "
                                        + files.get(file).file(),
                                "has the key '" + key + "', which names no document",
                                "")));
            } else if (Keys.isSettings(key)) {
                configure(Keys.collection(key), row.path("content").asText());
            } else {
                newest.merge(key, place(file, row), (a, b) -> b.sequence() > a.sequence() ? b : a);
            }
        };
    }

    /** Files come oldest first, and others only if there are no settings yet. */
    private void configure(String collection, String text) {
        try {
            CollectionSettings read = SettingsJson.read(text);
            if (current == 0 || !settings.containsKey(collection)) {
                settings.put(collection, read);
            }
        } catch (StoreException e) {
            faults.add("The settings of the collection " + collection + " cannot be read and are left out.");
        }
    }

    private static Place place(int file, JsonNode row) {
        return new Place(row.path("sequence").asLong(), file, row.path("row").asInt());
    }

    private long applied() {
        return applied.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private void readJournal() {
        settings.putAll(journal.settings(applied()));
        journal.documents().forEach((document, numbered) -> {
            String key = Keys.of(document.collection(), document.id());
            if (newest.get(key) == null || newest.get(key).sequence() <= sequence(numbered.entry())) {
                journaled.put(key, numbered.entry());
            }
        });
        derivedFaults.addAll(journal.faults(applied()));
    }

    private boolean isSuperseded(String key, long sequence) {
        return newest.containsKey(key) && newest.get(key).sequence() >= sequence
                || journaled.containsKey(key) && sequence(journaled.get(key)) >= sequence;
    }

    private static long sequence(JournalEntry entry) {
        return entry.change().orElseThrow().sequence();
    }

    /** A newest version that is not whole costs nothing where the one before is, and the journal goes on from there. */
    private void passOver() {
        for (DatasetVersions.Version older :
                versions.readable().stream().skip(1).toList()) {
            boolean whole = unnamed.stream().noneMatch(one -> older.files().containsKey(one.file()));
            long has = older.files().keySet().stream()
                    .mapToLong(file -> applied.getOrDefault(file, 0L))
                    .max()
                    .orElse(0);
            boolean goesOn = journal.isWhole()
                    && journal.first().isPresent()
                    && journal.first().getAsLong() <= has + 1;
            if (!unnamed.isEmpty() && whole && goesOn) {
                unnamed.forEach(one -> derivedFaults.add("The newest version of the documents is passed over: "
                        + one.rows().where() + " " + one.rows().why() + ". The journal has what was in it."));
                unnamed.clear();
            }
        }
    }

    /** Compares what a version shows, and what its index finds, with its rows. */
    private void compare(DatasetVersions.Version version) throws IOException {
        Map<String, Long> shown = new HashMap<>();
        long[] twice = new long[1];
        Optional<String> why = line.ask(DatasetVersions.ask("keys", version.number()), answer -> {
            if (shown.put(answer.path("key").asText(), answer.path("sequence").asLong()) != null) {
                twice[0]++;
            }
        });
        why.ifPresent(reason -> derivedFaults.add(
                "Which rows of " + dataset + " are deleted " + reason + ". The newest row of each document is taken."));
        long wrong = newest.entrySet().stream()
                .filter(one -> !Long.valueOf(one.getValue().sequence()).equals(shown.get(one.getKey())))
                .count();
        if (why.isEmpty() && wrong + twice[0] > 0) {
            derivedFaults.add("%d documents are shown twice or in an older state. The newest row of each is taken."
                    .formatted(wrong + twice[0]));
        }
        compareIndex(version, why.isEmpty());
    }

    private void compareIndex(DatasetVersions.Version version, boolean ask) throws IOException {
        List<String> broken = new ArrayList<>();
        for (String index : version.indexes()) {
            new Versions(dataset).faultOfIndex(index).ifPresent(broken::add);
        }
        if (broken.isEmpty() && ask) {
            line.ask(DatasetVersions.ask("index", version.number()), answer -> {
                        if (answer.path("wrong").asLong() > 0) {
                            broken.add(
                                    "it does not find " + answer.path("wrong").asLong() + " keys");
                        }
                    })
                    .ifPresent(broken::add);
        }
        broken.forEach(why -> derivedFaults.add("The index of keys is damaged (" + why + ") and is built anew."));
    }

    private static String where(String key) {
        return Keys.collection(key) + "/" + Keys.id(key);
    }
}
