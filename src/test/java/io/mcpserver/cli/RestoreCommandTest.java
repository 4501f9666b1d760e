package io.mcpserver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.data.DataLine;
import io.mcpserver.data.desk.DataDesk;
import io.mcpserver.data.desk.DeskLine;
import io.mcpserver.data.restore.Merge;
import io.mcpserver.data.restore.VerifiedBackup;
import io.mcpserver.data.transfer.Steps;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.index.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code restore} into another engine, of chosen collections, and out of a folder of backups. */
class RestoreCommandTest {

    private static final int NOTES = 20;
    private static final List<String> IDS =
            IntStream.range(0, NOTES).mapToObj(i -> "n" + i).toList();

    @TempDir
    Path folder;

    private Path data;
    private Path backup;

    @BeforeEach
    void fill() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "storage: {type: duckdb}\nembedding: {model: none}\n");
        data = folder.resolve("data");
        backup = folder.resolve("monday.tar.gz");
        try (Shelf shelf = Shelf.open(data, Shelf.NO_MODEL)) {
            shelf.store()
                    .save(
                            "notes",
                            IDS.stream()
                                    .map(id -> new DocumentToSave(id, Shelf.text("a note, " + id)))
                                    .toList());
            shelf.save("people", "p", Shelf.text("somebody"));
            shelf.store().delete("notes", List.of("n2"));
            shelf.store().configure("notes", new CollectionSettings(Optional.empty(), List.of("text")));
        }
        run("backup", "--output", backup.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"lancedb", "tinydb", "duckdb"})
    void theNewStoreIsOfTheEngineThatIsAskedForAndWhatToChangeIsSaid(String engine) throws IOException {
        Map<String, Document> before = notes("duckdb", "notes");
        CommandRun restored = run("restore", "--input", backup.toString(), "--engine", engine);
        assertThat(restored.err()).isEmpty();
        assertThat(restored.exitCode()).isZero();
        assertThat(restored.out()).contains("Restored 20 documents", "in the engine " + engine, "old files");
        if (engine.equals("duckdb")) {
            assertThat(restored.out()).doesNotContain("storage.type");
        } else {
            assertThat(restored.out())
                    .contains("storage.type is duckdb in " + folder.resolve("config.yaml") + ": set it to " + engine);
            assertThat(run("stats").err()).contains("is in the engine " + engine);
        }
        assertThat(notes(engine, "notes")).isEqualTo(before);
        try (Shelf shelf = Shelf.open(engine, data, Shelf.NO_MODEL)) {
            assertThat(shelf.store().settings("notes").textFields()).containsExactly("text");
            assertThat(shelf.store()
                            .save("notes", List.of(new DocumentToSave("n2", Shelf.text("again"))))
                            .getFirst()
                            .version())
                    .isEqualTo(2);
        }
    }

    @Test
    void whereNoEngineIsConfiguredNothingIsToBeChangedAfterIt() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "embedding: {model: none}\n");
        CommandRun restored = run("restore", "--input", backup.toString(), "--engine", "tinydb");
        assertThat(restored.out()).contains("in the engine tinydb").doesNotContain("storage.type");
        assertThat(run("stats").out()).startsWith("store          tinydb");
        assertThat(run("migrate", "--to", "duckdb").out()).doesNotContain("storage.type");
        assertThat(run("stats").out()).startsWith("store          duckdb");
    }

    @Test
    void collectionsComeBesideWhatIsThereUnderOtherNames() {
        change();
        Map<String, Document> present = notes("duckdb", "notes");
        CommandRun restored = run("restore", "--input", backup.toString(), "--collection", "notes=notes-monday");
        assertThat(restored.err()).isEmpty();
        assertThat(restored.out()).contains("Restored 1 collection", "19 documents saved, 0 unchanged, 0 kept");
        assertThat(notes("duckdb", "notes")).isEqualTo(present);
        assertThat(notes("duckdb", "notes-monday")).hasSize(19).containsKeys("n1", "n3");
        assertThat(notes("duckdb", "notes-monday").get("n1").content()).isEqualTo(Shelf.text("a note, n1"));

        CommandRun again = run("restore", "--json", "--input", backup.toString(), "--collection", "notes=notes-monday");
        assertThat(Json.read(again.out()).path("unchanged").asInt()).isEqualTo(19);
        assertThat(Json.read(again.out()).path("saved").asInt()).isZero();

        CommandRun prefixed = run("restore", "--input", backup.toString(), "--prefix", "old.");
        assertThat(prefixed.out()).contains("Restored 2 collections", "20 documents saved");
        assertThat(run("stats", "--json").out()).contains("\"old.notes\"", "\"old.people\"");
    }

    @Test
    void whatIsThereInAnotherStateStaysAndIsNamedUnlessItShallBeReplacedAndNothingIsDeleted() {
        change();
        CommandRun kept = run("restore", "--input", backup.toString(), "--collection", "notes");
        assertThat(kept.out())
                .contains("1 document saved, 17 unchanged, 1 kept", "--replace takes the backup's): notes/n1");
        assertThat(notes("duckdb", "notes")).containsKeys("n2", "n3", "new").hasSize(21);
        assertThat(notes("duckdb", "notes").get("n1").content()).isEqualTo(Shelf.text("changed"));

        CommandRun replaced = run("restore", "--input", backup.toString(), "--collection", "notes", "--replace");
        assertThat(replaced.out()).contains("1 document saved, 18 unchanged, 0 kept");
        Document n1 = notes("duckdb", "notes").get("n1");
        assertThat(n1.content()).isEqualTo(Shelf.text("a note, n1"));
        assertThat(n1.version()).isEqualTo(3);
        // Deleted when the backup was made, saved since.
        assertThat(notes("duckdb", "notes").get("n2").content()).isEqualTo(Shelf.text("saved again"));
    }

    @Test
    void aFailureInTheMiddleSaysWhatStaysAndTheSameAgainGoesOn() {
        Path many = folder.resolve("many.tar.gz");
        try (Shelf shelf = Shelf.open(folder.resolve("many"), Shelf.NO_MODEL)) {
            shelf.store()
                    .save(
                            "notes",
                            IntStream.range(0, 700)
                                    .mapToObj(i -> new DocumentToSave("m" + i, Shelf.text("m" + i)))
                                    .toList());
        }
        CommandRun.of("backup", "--output", many.toString(), "--config", config(), "--data", folder + "/many");
        VerifiedBackup whole = VerifiedBackup.read(many, Optional.empty(), Steps.NONE);
        Map<String, String> names = Map.of("notes", "m");
        try (Shelf shelf = Shelf.open(data, Shelf.NO_MODEL)) {
            DataDesk desk =
                    new DataDesk(Shelf.config("duckdb", data, Shelf.NO_MODEL).storage(), shelf.service());
            DataLine here = new DeskLine(desk, "here");
            DataLine full = new FullAfterOne(here);
            assertThatThrownBy(() -> Merge.run(full, whole, names, false, Steps.NONE, () -> false))
                    .hasMessage("No space is left. 500 documents of the backup were saved before that, and stay; the"
                            + " same command goes on from there.");
            Merge again = Merge.run(here, whole, names, false, Steps.NONE, () -> false);
            assertThat(again.unchanged()).isEqualTo(500);
            assertThat(again.saved()).isEqualTo(200);
            assertThat(Merge.run(here, whole, names, false, Steps.NONE, () -> true)
                            .stopped())
                    .isTrue();
        }
    }

    @Test
    void aDryRunSaysWhatIsInTheBackupAndTouchesNothing() throws IOException {
        List<String> before = files();
        CommandRun whole = run("restore", "--input", backup.toString(), "--engine", "lancedb", "--dry-run");
        assertThat(whole.out())
                .contains("Would restore 20 documents", "in the engine lancedb", "set it to lancedb")
                .containsPattern("notes +19\n")
                .containsPattern("people +1\n");
        CommandRun some = run("restore", "--input", backup.toString(), "--collection", "notes=x", "--dry-run");
        assertThat(some.out()).contains("Would bring 19 documents").containsPattern("notes +19  as x\n");
        JsonNode json = Json.read(run("restore", "--input", backup.toString(), "--prefix", "a-", "--dry-run", "--json")
                .out());
        assertThat(json.path("by_collection").findValuesAsText("as")).containsExactly("a-notes", "a-people");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void ofAFolderTheNewestIsTakenOrTheNewestUntilATime() throws IOException {
        Path backups = Files.createDirectories(folder.resolve("backups"));
        Files.copy(backup, backups.resolve("mcp-server-20260105-120000.tar.gz"));
        change();
        run(
                "backup",
                "--output",
                backups.resolve("mcp-server-20260106-120000.tar.gz").toString());
        Files.writeString(backups.resolve("other.txt"), "not a backup");

        assertThat(run("restore", "--input", backups.toString(), "--dry-run").out())
                .contains("mcp-server-20260106-120000.tar.gz");
        String[][] times = {
            {"2026-01-06T12:00:00Z", "20260106"}, {"2026-01-06T12:59:59+01:00", "20260105"},
            {"2026-01-05T12:00:00Z", "20260105"}, {"2030-01-01T00:00:00Z", "20260106"}
        };
        for (String[] time : times) {
            assertThat(run("restore", "--input", backups.toString(), "--at", time[0], "--dry-run")
                            .out())
                    .as(time[0])
                    .contains("mcp-server-" + time[1]);
        }
        CommandRun restored = run("restore", "--input", backups.toString(), "--at", "2026-01-05T23:00:00Z");
        assertThat(restored.out()).contains("Restored 20 documents");
        assertThat(notes("duckdb", "notes").get("n1").content()).isEqualTo(Shelf.text("a note, n1"));

        CommandRun none = run("restore", "--input", backups.toString(), "--at", "2026-01-05T11:59:59Z");
        assertThat(none.err()).contains("was begun at 2026-01-05T12:00:00Z, after --at");
        assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void wrongUsageIsToldEndsWithTwoAndTouchesNothing() throws IOException {
        List<String> before = files();
        String empty = Files.createDirectories(folder.resolve("empty")).toString();
        Map<String, String> told = new LinkedHashMap<>();
        told.put("BACKUP --collection nosuch", "has no collection nosuch; it has: notes, people");
        told.put("BACKUP --collection notes=../x", "'../x' is not valid");
        told.put("BACKUP --collection notes=people --collection people", "would both become people");
        told.put("BACKUP --collection notes --collection notes=x", "is chosen twice");
        told.put("BACKUP --prefix -", "'-notes' is not valid");
        told.put("BACKUP --replace", "--replace goes with");
        told.put("BACKUP --collection notes --engine duckdb", "--engine is for a whole store");
        told.put("BACKUP --collection notes --discard-old", "--discard-old is for a whole store");
        told.put("BACKUP --url http://127.0.0.1:1", "--url goes with");
        told.put("BACKUP --at 2026-01-01T00:00:00Z", "is a file");
        told.put("BACKUP --engine nosuch", "--engine nosuch is no storage engine of this version: take one of duckdb");
        told.put("EMPTY", "no backup in the folder");
        told.put("EMPTY --at yesterday", "must be a time with its zone");
        told.put(empty + "/none", "There is no file");
        told.forEach((options, sentence) -> {
            String line = options.replace("BACKUP", backup.toString()).replace("EMPTY", empty);
            CommandRun refused = run(("restore --input " + line).split(" "));
            assertThat(refused.err()).contains(sentence).hasLineCount(2);
            assertThat(refused.exitCode()).as(options).isEqualTo(ExitCode.USAGE);
        });
        assertThat(files()).isEqualTo(before);
    }

    /** A store whose disk is full after the first lines. */
    private static final class FullAfterOne implements DataLine {

        private final DataLine store;
        private boolean full;

        FullAfterOne(DataLine store) {
            this.store = store;
        }

        @Override
        public String ask(Operation operation, String body) {
            if (full) {
                throw new StoreException(ErrorCode.DISK_FULL, "No space is left.");
            }
            full = true;
            return store.ask(operation, body);
        }

        @Override
        public String where() {
            return store.where();
        }

        @Override
        public void close() {
            store.close();
        }
    }

    /** After the backup: one changed, one deleted, one saved again that was deleted, one new. */
    private void change() {
        try (Shelf shelf = Shelf.open(data, Shelf.NO_MODEL)) {
            shelf.save("n1", "changed");
            shelf.store().delete("notes", List.of("n3"));
            shelf.save("n2", "saved again");
            shelf.save("new", "since then");
        }
    }

    private Map<String, Document> notes(String engine, String collection) {
        try (Shelf shelf = Shelf.open(engine, data, Shelf.NO_MODEL)) {
            List<String> ids = Stream.concat(IDS.stream(), Stream.of("new")).toList();
            return shelf.store().load(collection, ids);
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    private String config() {
        return folder.resolve("config.yaml").toString();
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(
                Stream.concat(Stream.of(arguments), Stream.of("--config", config(), "--data", data.toString()))
                        .toArray(String[]::new));
    }
}
