package io.mcpserver.storage.lancedb;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.DirectoryLock;
import io.mcpserver.storage.DocumentJson;
import io.mcpserver.storage.RowCheck;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreSalvage;
import io.mcpserver.storage.StoredDocument;
import io.mcpserver.storage.journal.JournalEntry;
import io.mcpserver.storage.journal.JournalSalvage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Reads the rows of a dataset file by file, and the journal; of each id the newest row counts, wherever it is. Changes
 * nothing, and reads the files in another process, which may fail on what is damaged.
 */
final class LanceDbSalvage implements StoreSalvage {

    private static final int ROWS_A_READ = 64;
    private static final int ENTRIES = 500;

    /** Rows of a file that are to be read. */
    private record Part(int file, DataFileRows.Stretch rows) {}

    private final DirectoryLock lock;
    private final RowProcessLine line;
    private final LanceDbSurvey survey;
    private final Deque<JournalEntry> journaled;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final Deque<Found> lost;

    private LanceDbSalvage(DirectoryLock lock, RowProcessLine line, LanceDbSurvey survey) {
        this.lock = lock;
        this.line = line;
        this.survey = survey;
        this.journaled = new ArrayDeque<>(survey.journaled());
        this.lost = new ArrayDeque<>(survey.lost());
        for (int file = 0; file < survey.files().size(); file++) {
            for (DataFileRows.Stretch rows : survey.files().get(file).readable()) {
                for (int from = rows.from(); from < rows.end(); from += ROWS_A_READ) {
                    parts.add(new Part(file, new DataFileRows.Stretch(from, Math.min(rows.end(), from + ROWS_A_READ))));
                }
            }
        }
    }

    static LanceDbSalvage open(ServerConfig.Storage config) {
        DirectoryLock lock = DirectoryLock.acquire(config.path());
        Path dataset = config.path().resolve(LanceDbStore.DATASET);
        RowProcessLine line = new RowProcessLine(dataset);
        try {
            JournalSalvage journal = JournalSalvage.read(config.path().resolve(LanceDbStore.JOURNAL));
            return new LanceDbSalvage(lock, line, LanceDbSurvey.of(dataset, line, journal));
        } catch (IOException e) {
            line.close();
            lock.close();
            throw StorageFault.of("The documents in " + dataset + " cannot be read", e);
        } catch (RuntimeException e) {
            line.close();
            lock.close();
            throw e;
        }
    }

    @Override
    public List<String> faults() {
        return survey.faults();
    }

    @Override
    public List<String> derivedFaults() {
        return survey.derivedFaults();
    }

    @Override
    public Map<String, CollectionSettings> settings() {
        return survey.settings();
    }

    @Override
    public List<Found> next() {
        List<Found> found = new ArrayList<>();
        while (!journaled.isEmpty() && found.size() < ENTRIES) {
            StoredDocument document = journaled.removeFirst().stored().orElseThrow();
            found.add(new Found.Good(document));
        }
        while (found.isEmpty() && !parts.isEmpty()) {
            Part part = parts.removeFirst();
            survey.files().get(part.file()).read(part.rows(), row -> {
                if (survey.counts(part.file(), row)) {
                    found.add(check(row));
                }
            });
        }
        while (found.isEmpty() && !lost.isEmpty()) {
            found.add(lost.removeFirst());
        }
        return found;
    }

    @Override
    public void close() {
        line.close();
        lock.close();
    }

    private Found check(JsonNode row) {
        String key = row.path("key").asText();
        RowCheck.Row read = new RowCheck.Row(
                Keys.collection(key),
                Keys.id(key),
                row.path("version").asLong(),
                row.path("created").asLong(),
                row.path("updated").asLong(),
                row.path("live").asBoolean(),
                row.path("content").isTextual() ? row.path("content").asText() : null,
                row.path("collection").asText(),
                row.path("bytes").asLong());
        if (read.live() && DocumentJson.size(read.rest()) != read.bytes()) {
            return new Found.Lost(
                    read.where(),
                    "has %d bytes, and not the %d that were written"
                            .formatted(DocumentJson.size(read.rest()), read.bytes()),
                    read.rest());
        }
        Found found = RowCheck.of(read, false);
        return survey.why(key)
                .<Found>map(why -> switch (found) {
                    case Found.Good(StoredDocument document) -> new Found.Mended(document, why);
                    case Found.Mended(StoredDocument document, String more) ->
                        new Found.Mended(document, why + ", " + more);
                    case Found.Lost gone -> gone;
                })
                .orElse(found);
    }
}
