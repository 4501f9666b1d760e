package io.mcpserver.storage.lancedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSnapshot;
import io.mcpserver.storage.StoredDocument;
import io.mcpserver.storage.lancedb.dataset.Lance;
import io.mcpserver.storage.lancedb.dataset.LanceMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    Path data;

    private Table table;
    private Current current;
    private Maintenance maintenance;
    private Instant now = NOON;
    private int writes;

    @BeforeEach
    void open() {
        Lance.load(new LanceMemory(96L << 20));
        table = Table.open(data.resolve("documents.lance"));
        current = new Current(Opening.read(table.snapshot()).state());
        // Puts together and cleans up often, so that old files go.
        maintenance = new Maintenance(table, current, 2, 4);
    }

    @AfterEach
    void close() {
        current.close();
        table.close();
    }

    @Test
    void aStateFromBeforeIsReadAsItWasThoughTheDatasetHasOtherFilesByNow() throws IOException {
        History history = history(Duration.ofHours(1));
        Map<Instant, Long> before = new HashMap<>();
        for (int i = 0; i < 14; i++) {
            now = now.plus(Duration.ofMinutes(2));
            write(history);
            before.put(now, (long) writes);
        }
        List<Instant> kept = states().all();
        // The newest is what the dataset still is.
        assertThat(kept).hasSize(14).first().isEqualTo(NOON);
        assertThat(table.fragments()).isLessThan(7);
        for (Instant state : List.of(kept.get(1), kept.get(7), kept.getLast())) {
            assertThat(versions(state)).isEqualTo(Map.of("a", before.get(state), "n" + before.get(state), 1L));
        }
        assertThat(versions(kept.getFirst())).isEmpty();
    }

    @Test
    void aStateIsThatOfTheLastWriteBeforeAPauseHoweverLongItIs() throws IOException {
        History history = history(Duration.ofHours(24));
        write(history);
        now = NOON.plus(Duration.ofMinutes(5));
        write(history);
        now = NOON.plus(Duration.ofMinutes(6));
        write(history);
        now = NOON.plus(Duration.ofHours(9));
        write(history);
        assertThat(states().all()).containsExactly(NOON, NOON.plus(Duration.ofMinutes(6)));
        assertThat(versions(NOON.plus(Duration.ofMinutes(6)))).containsEntry("a", 3L);
    }

    @Test
    void whatIsOutOfItsTimeGoesAndTheStateOfItsBeginningStays() throws IOException {
        History history = history(Duration.ofHours(1));
        for (int i = 0; i < 12; i++) {
            now = now.plus(Duration.ofMinutes(7));
            write(history);
        }
        List<Instant> kept = states().all();
        Instant begin = now.minus(Duration.ofHours(1));
        assertThat(kept.getFirst()).isBeforeOrEqualTo(begin);
        assertThat(kept.get(1)).isAfter(begin);

        write(history(Duration.ZERO));
        assertThat(data.resolve(KeptStates.FOLDER)).doesNotExist();
        write(history(Duration.ZERO));
        assertThat(data.resolve(KeptStates.FOLDER)).doesNotExist();
    }

    @Test
    void statesAreSoFarApartThatTheyAreNotTooMany() throws IOException {
        History history = history(Duration.ofHours(1));
        for (int i = 0; i < 10; i++) {
            now = now.plus(Duration.ofSeconds(50));
            write(history);
        }
        List<Instant> kept = states().all();
        // An hour has 48 times 75 seconds; with a write every 50 every second one is kept.
        assertThat(kept).hasSize(5);
        assertThat(Duration.between(kept.get(1), kept.getLast())).isEqualTo(Duration.ofSeconds(300));
    }

    @Test
    void whatCannotBeKeptKeepsNoWriteAwayAndWhatIsUnfinishedIsNoState() throws IOException {
        Path folder = Files.createDirectories(data.resolve(KeptStates.FOLDER));
        Files.createDirectories(folder.resolve("unfinished/data"));
        Files.writeString(folder.resolve("20260131-110000-000.txt"), "of somebody else");
        assertThat(states().all()).isEmpty();
        write(history(Duration.ofHours(1)));
        assertThat(states().all()).containsExactly(NOON);
        assertThat(folder.resolve("unfinished")).doesNotExist();

        Files.move(folder, data.resolve("elsewhere"));
        Files.writeString(folder, "a file in its place");
        write(history(Duration.ofHours(1)));
        assertThat(writes).isEqualTo(2);
        StoreException gone = catchThrowableOfType(StoreException.class, () -> versions(NOON));
        assertThat(gone.code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    private History history(Duration window) {
        return new History(table.path(), window, () -> now, now);
    }

    private KeptStates states() {
        return KeptStates.in(data);
    }

    /** Writes a newer version of one document, and another one in the place of the one before. */
    private void write(History history) throws IOException {
        history.beforeWrite(table.manifest());
        writes++;
        Row gone = new Row(Keys.of("notes", "n" + (writes - 1)), 1, 3L * writes, 1, 1, false, 0, null);
        table.write(List.of(
                new Row(Keys.of("notes", "a"), writes, 3L * writes + 1, 1, 1, true, 2, "{}"),
                new Row(Keys.of("notes", "n" + writes), 1, 3L * writes + 2, 1, 1, true, 2, "{}"),
                gone,
                Row.applied(writes)));
        Snapshot written = table.snapshot();
        current.update(state -> state.in(written));
        history.afterWrite();
        maintenance.afterWrite();
    }

    private Map<String, Long> versions(Instant state) {
        Map<String, Long> found = new HashMap<>();
        try (StoreSnapshot snapshot = states().open(new ServerConfig.Storage("lancedb", data, 96L << 20, 4), state)) {
            for (List<StoredDocument> some = snapshot.next(7); !some.isEmpty(); some = snapshot.next(7)) {
                some.stream()
                        .filter(document -> !document.deleted())
                        .forEach(document -> found.put(document.id(), document.version()));
            }
        }
        return found;
    }
}
