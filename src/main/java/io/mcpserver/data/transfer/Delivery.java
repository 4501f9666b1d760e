package io.mcpserver.data.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.data.DataLine;
import io.mcpserver.data.DataLine.Operation;
import io.mcpserver.data.lines.StoreLine;
import io.mcpserver.data.lines.StoreLineText;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings lines into a store, some at a time, and counts what becomes of them. Documents that are there in the same words
 * are passed over; those that are there in another state stay, or are replaced. Some lines of one collection are all brought
 * in or none. Not for several threads.
 */
public final class Delivery {

    /** Documents that are told one by one; all are counted. */
    static final int MOST_TOLD = 100;

    private static final int BATCH_CHARACTERS = 1_000_000;
    private static final int BATCH_LINES = 500;

    private final DataLine store;
    private final Operation operation;
    private final StringBuilder batch = new StringBuilder();
    private final List<String> keptDocuments = new ArrayList<>();
    private int batchLines;
    private long saved;
    private long unchanged;
    private long settings;
    private long kept;

    /** @param replace whether documents are replaced that are there in another state */
    public Delivery(DataLine store, boolean replace) {
        this.store = store;
        this.operation = replace ? Operation.REPLACE : Operation.IMPORT;
    }

    /** Brings in one line more, now or with the next ones. */
    public void add(StoreLine one) {
        // Written anew, so that the store's side gets nothing that it could read in another way.
        String line =
                switch (one) {
                    case StoreLine.Settings it -> StoreLineText.write(it.collection(), it.settings());
                    case StoreLine.Stored it -> StoreLineText.write(it.document());
                };
        if (batchLines >= BATCH_LINES || batchLines > 0 && batch.length() + line.length() > BATCH_CHARACTERS) {
            flush();
        }
        batch.append(line).append('\n');
        batchLines++;
    }

    /** Brings in what was added; to be called at the end. */
    public void flush() {
        if (batchLines == 0) {
            return;
        }
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
        batch.setLength(0);
        batchLines = 0;
    }

    /** Documents that were new, or replaced another state. */
    public long saved() {
        return saved;
    }

    /** Documents that were there in the same words. */
    public long unchanged() {
        return unchanged;
    }

    /** Collections whose settings changed. */
    public long settings() {
        return settings;
    }

    /** How many documents were there in another state, and stay so. */
    public long kept() {
        return kept;
    }

    /** The first of them, as {@code collection/id}. */
    public List<String> keptDocuments() {
        return List.copyOf(keptDocuments);
    }
}
