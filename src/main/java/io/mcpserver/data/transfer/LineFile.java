package io.mcpserver.data.transfer;

import io.mcpserver.data.DataLine;
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
    public static final int MOST_TOLD = Delivery.MOST_TOLD;

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

    private final Delivery delivery;
    private final boolean dryRun;
    private final List<Broken> brokenLines = new ArrayList<>();
    private long lines;
    private long broken;

    /**
     * @param replace whether documents are replaced that are there in another state
     * @param dryRun whether the lines are only read, and nothing is asked of the store
     */
    public LineFile(DataLine store, boolean replace, boolean dryRun) {
        this.delivery = new Delivery(store, replace);
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
            delivery.flush();
            return new Report(
                    lines,
                    delivery.saved(),
                    delivery.unchanged(),
                    delivery.settings(),
                    delivery.kept(),
                    delivery.keptDocuments(),
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
        StoreLine line = StoreLineText.read(text);
        if (!dryRun) {
            delivery.add(line);
        }
    }
}
