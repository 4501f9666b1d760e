package io.mcpserver.data.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.data.DataLine;
import io.mcpserver.data.DataLine.Operation;
import io.mcpserver.data.lines.BadLineException;
import io.mcpserver.data.lines.LimitedLines;
import io.mcpserver.data.lines.StoreLine;
import io.mcpserver.data.lines.StoreLineText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;

/**
 * Brings the lines of a file into a store. A line that says nothing about a store is told with its number, and keeps no
 * other out. Not for several threads.
 */
public final class LineFile {

    /** Broken lines and documents that are told one by one; all are counted. */
    public static final int MOST_TOLD = 100;

    private static final int BATCH_CHARACTERS = 1_000_000;
    private static final int BATCH_LINES = 500;

    /** @param line counted from 1 */
    public record Broken(long line, String why) {}

    /**
     * What became of the lines.
     *
     * @param saved documents that were new, or replaced another state
     * @param unchanged documents that were there in the same words
     * @param settings collections whose settings changed
     * @param kept how many documents were there in another state, and stay so
     * @param keptDocuments the first of them, as {@code collection/id}
     * @param broken how many lines were passed over
     * @param brokenLines the first of them
     * @param stopped whether it was stopped before its end
     */
    public record Report(
            long lines,
            long saved,
            long unchanged,
            long settings,
            long kept,
            List<String> keptDocuments,
            long broken,
            List<Broken> brokenLines,
            boolean stopped) {}

    private final DataLine store;
    private final Operation operation;
    private final boolean dryRun;
    private final StringBuilder batch = new StringBuilder();
    private final List<String> keptDocuments = new ArrayList<>();
    private final List<Broken> brokenLines = new ArrayList<>();
    private int batchLines;
    private long lines;
    private long saved;
    private long unchanged;
    private long settings;
    private long kept;
    private long broken;

    /**
     * @param replace whether documents are replaced that are there in another state
     * @param dryRun whether the lines are only read, and nothing is asked of the store
     */
    public LineFile(DataLine store, boolean replace, boolean dryRun) {
        this.store = store;
        this.operation = replace ? Operation.REPLACE : Operation.IMPORT;
        this.dryRun = dryRun;
    }

    /** @param stopped asked between lines; what was saved before stays */
    public Report run(Path file, Steps steps, BooleanSupplier stopped) throws IOException {
        long total = Files.size(file);
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            LimitedLines reader = new LimitedLines(in);
            boolean more = true;
            while (more && !stopped.getAsBoolean()) {
                more = line(reader);
                steps.at(reader.bytes(), in == raw ? total : 0);
            }
            flush();
            return new Report(
                    lines,
                    saved,
                    unchanged,
                    settings,
                    kept,
                    List.copyOf(keptDocuments),
                    broken,
                    List.copyOf(brokenLines),
                    more);
        }
    }

    private boolean line(LimitedLines reader) throws IOException {
        try {
            Optional<String> text = reader.next();
            if (text.isPresent() && !text.get().isBlank()) {
                lines++;
                add(text.get());
            }
            return text.isPresent();
        } catch (BadLineException e) {
            broken++;
            if (brokenLines.size() < MOST_TOLD) {
                brokenLines.add(new Broken(reader.number(), e.getMessage()));
            }
            return true;
        }
    }

    private void add(String text) throws BadLineException {
        // Written anew, so that the store's side gets nothing that it could read in another way.
        String line =
                switch (StoreLineText.read(text)) {
                    case StoreLine.Settings one -> StoreLineText.write(one.collection(), one.settings());
                    case StoreLine.Stored one -> StoreLineText.write(one.document());
                };
        if (batchLines >= BATCH_LINES || batchLines > 0 && batch.length() + line.length() > BATCH_CHARACTERS) {
            flush();
        }
        batch.append(line).append('\n');
        batchLines++;
    }

    private void flush() {
        if (batchLines == 0) {
            return;
        }
        if (!dryRun) {
            JsonNode done = StoreReading.json(store.ask(operation, batch.toString()));
            saved += done.path("saved").asLong();
            unchanged += done.path("unchanged").asLong();
            settings += done.path("settings").asLong();
            kept += done.path("kept").size();
            done.path("kept").forEach(document -> {
                if (keptDocuments.size() < MOST_TOLD) {
                    keptDocuments.add(document.path("collection").asText() + "/"
                            + document.path("id").asText());
                }
            });
        }
        batch.setLength(0);
        batchLines = 0;
    }
}
