package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.FieldPath;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.journal.DocumentKey;
import io.mcpserver.storage.journal.Head;
import io.mcpserver.storage.journal.JournalEntry;
import io.mcpserver.storage.journal.JournalRecord;
import io.mcpserver.storage.journal.JournaledEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * Brings journaled writes into the dataset. Every batch is one version of it, which says itself how much of the journal it
 * has; versions are few and large, for each costs files and time.
 */
final class LanceDbEngine implements JournaledEngine {

    /** A record waits this long for others, so that many small writes make one version. */
    private static final Duration LINGER = Duration.ofMillis(300);

    /** Bytes of the disk that are left for applying what is in the journal, and for maintenance. */
    private static final long RESERVE = 16L << 20;

    private final Table table;
    private final Current current;
    private final Maintenance maintenance;
    private final History history;
    private final long applied;
    private final Heads heads;

    /** Whether what the journal has was made visible, and its documents counted. */
    private final CountDownLatch begun = new CountDownLatch(1);

    LanceDbEngine(Table table, Current current, Maintenance maintenance, History history, Opening opening) {
        this.table = table;
        this.current = current;
        this.maintenance = maintenance;
        this.history = history;
        this.applied = opening.applied();
        this.heads = new Heads(current, opening.keys());
    }

    @Override
    public long applied() {
        return applied;
    }

    @Override
    public long sequence() {
        return current.state().sequence();
    }

    @Override
    public Map<DocumentKey, Head> heads(Set<DocumentKey> keys) {
        Map<String, DocumentKey> byKey =
                keys.stream().collect(Collectors.toMap(key -> Keys.of(key.collection(), key.id()), key -> key));
        Map<DocumentKey, Head> found = new HashMap<>();
        heads.find(byKey.keySet()).forEach((key, row) -> found.put(byKey.get(key), head(row)));
        return found;
    }

    @Override
    public void visible(JournalRecord record) {
        List<Row> rows = record.entries().stream().map(Row::of).toList();
        State state = current.state();
        Map<String, CollectionSettings> settings = new HashMap<>(state.settings());
        record.entries().forEach(entry -> {
            if (entry instanceof JournalEntry.Configure configure) {
                settings.put(configure.collection(), configure.settings());
            }
        });
        List<Row> documents =
                rows.stream().filter(row -> !Keys.isInternal(row.key())).toList();
        // What is replayed is counted when all of it is there.
        boolean replayed = begun.getCount() > 0;
        Map<String, Totals> totals = replayed ? state.totals() : counted(state.totals(), documents);
        documents.forEach(heads::put);
        long sequence = documents.stream().mapToLong(Row::sequence).reduce(state.sequence(), Math::max);
        current.update(now -> new State(
                now.overlay().with(record.number(), rows), now.snapshot(), totals, Map.copyOf(settings), sequence));
    }

    /** Counts what was replayed, and lets it be applied, also where counting fails. */
    void begin() {
        try {
            count();
        } finally {
            begun.countDown();
        }
    }

    private void count() {
        try (View view = current.view()) {
            List<Row> replayed = view.overlay().rows().stream()
                    .filter(row -> !Keys.isInternal(row.key()))
                    .toList();
            Map<String, Row> before = new HashMap<>();
            RowReader.places(view, replayed.stream().map(Row::key).toList())
                    .forEach((key, place) -> before.put(key, place.row()));
            Map<String, Totals> totals = counted(view.state().totals(), replayed, before);
            current.update(now -> new State(now.overlay(), now.snapshot(), totals, now.settings(), now.sequence()));
        }
    }

    /** Totals with rows in the place of those that are current. */
    private Map<String, Totals> counted(Map<String, Totals> totals, List<Row> rows) {
        return counted(totals, rows, heads.find(rows.stream().map(Row::key).toList()));
    }

    private static Map<String, Totals> counted(Map<String, Totals> totals, List<Row> rows, Map<String, Row> before) {
        Map<String, Totals> counted = new HashMap<>(totals);
        Map<String, Row> current = new HashMap<>(before);
        for (Row row : rows) {
            Totals now = counted.getOrDefault(Keys.collection(row.key()), Totals.NONE);
            counted.put(Keys.collection(row.key()), now.with(current.put(row.key(), row), row));
        }
        return Map.copyOf(counted);
    }

    @Override
    public long apply(List<JournalRecord> records) {
        awaitBegin();
        Map<String, Row> newest = new LinkedHashMap<>();
        for (JournalRecord record : records) {
            record.entries().stream().map(Row::of).forEach(row -> newest.put(row.key(), row));
        }
        long number = records.getLast().number();
        newest.put(Keys.APPLIED, Row.applied(number));
        try {
            // Also the first to find out that the dataset is closed, because stepping back failed: then it is tried
            // again.
            history.beforeWrite(table.manifest());
            table.write(newest.values());
        } catch (IOException | RuntimeException e) {
            StoreException why = e instanceof StoreException coded
                    ? coded
                    : StorageFault.of("The documents could not be brought into " + table.path(), e);
            try {
                table.stepBack();
            } catch (RuntimeException again) {
                why.addSuppressed(again);
            }
            throw why;
        }
        Snapshot written = table.snapshot();
        current.update(state -> state.applied(number, written));
        history.afterWrite();
        maintenance.afterWrite();
        return number;
    }

    private void awaitBegin() {
        try {
            begun.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Duration linger() {
        return LINGER;
    }

    @Override
    public long reserve() {
        return RESERVE;
    }

    private static Head head(Row row) {
        return new Head(row.version(), row.live(), FieldPath.time(row.created()), FieldPath.time(row.updated()));
    }
}
