package io.mcpserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.index.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrateCommandTest {

    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void fill() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "storage: {type: duckdb}\nembedding: {model: none}\n");
        data = folder.resolve("data");
        try (Shelf shelf = Shelf.open(data, Shelf.NO_MODEL)) {
            shelf.save("a", "one");
            shelf.save("a", "two");
            shelf.save("b", "one");
            shelf.store().delete("notes", List.of("b"));
            shelf.store().configure("notes", new CollectionSettings(Optional.empty(), List.of("text")));
        }
    }

    @Test
    void dataFromBeforeFormsWereWrittenDownIsBroughtUpToDate() throws IOException {
        Files.delete(data.resolve("store.json"));
        assertThat(run("--migrate", "--dry-run").out()).contains("would be brought", "from form 0 to 1");
        assertThat(data.resolve("store.json")).doesNotExist();
        assertThat(run("--migrate").out()).contains("was brought", "from form 0 to 1");
        assertThat(run("migrate").out()).contains("in form 1, the newest; nothing to do");
    }

    @Test
    void dataOfANewerProgramIsRefusedByEveryCommandAndLeftAlone() throws IOException {
        String backup = folder + "/before.tar.gz";
        String lines = folder + "/before.jsonl";
        run("backup", "--output", backup);
        run("export", "--output", lines);
        String newer = "{\"format\": 9, \"engine\": \"duckdb\", \"program\": \"7.1.0\"}";
        Files.writeString(data.resolve("store.json"), newer);
        for (List<String> command : List.of(
                List.of("migrate"),
                List.of("migrate", "--to", "duckdb"),
                List.of("repair-database", "--check"),
                List.of("repair-database"),
                List.of("stats"),
                List.of("backup", "--output", folder + "/x.tar.gz"),
                List.of("restore", "--input", backup, "--collection", "notes"),
                List.of("import", lines),
                List.of("export", "--output", folder + "/x.jsonl"))) {
            CommandRun refused = run(command.toArray(String[]::new));
            assertThat(refused.exitCode()).as(command.toString()).isEqualTo(ExitCode.FAILURE);
            assertThat(refused.err())
                    .contains("by version 7.1.0 of this program in form 9, and this one knows forms up to 1")
                    .hasLineCount(1);
        }
        assertThat(data.resolve("store.json")).hasContent(newer);
    }

    @Test
    void dataOfAnotherEngineIsNotPassedOverInSilence() throws IOException {
        Files.writeString(
                data.resolve("store.json"), "{\"format\": 1, \"engine\": \"tinydb\", \"program\": \"0.1.0\"}");
        assertThat(run("stats").err())
                .contains("is in the engine tinydb, and storage.type is duckdb", "mcp-server migrate --to duckdb");
    }

    @Test
    void allGoesIntoTheEngineThatIsNamedWithVersionsAndTheOldFilesStay() throws IOException {
        CommandRun dry = run("migrate", "--to", "duckdb", "--dry-run");
        assertThat(dry.out()).contains("Would move 1 document and 1 id that were deleted");
        assertThat(kept()).isEmpty();

        CommandRun moved = run("migrate", "--to", "duckdb", "--json");
        assertThat(moved.err()).isEmpty();
        assertThat(Json.read(moved.out()).path("documents").asInt()).isEqualTo(1);
        assertThat(kept()).hasSize(1);
        try (Shelf shelf = Shelf.open(data, Shelf.NO_MODEL)) {
            assertThat(shelf.store().load("notes", List.of("a", "b")))
                    .containsOnlyKeys("a")
                    .hasEntrySatisfying(
                            "a", document -> assertThat(document.version()).isEqualTo(2));
            assertThat(shelf.store().settings("notes").textFields()).containsExactly("text");
            assertThat(shelf.words("two")).containsExactly("a");
        }
        assertThat(run("migrate", "--to", "duckdb", "--discard-old").exitCode()).isZero();
        assertThat(kept()).hasSize(1);
    }

    /** Every engine into every other. */
    @Test
    void allGoesFromEachEngineIntoEachOtherAndTheWrongEngineIsNotOpenedMeanwhile() {
        Document before = load("duckdb");
        String from = "duckdb";
        for (String to : List.of("tinydb", "lancedb", "duckdb", "lancedb", "tinydb", "duckdb")) {
            assertThat(run("migrate", "--to", to, "--dry-run").out())
                    .contains("Would move 1 document and 1 id that were deleted from " + from + " to " + to);
            CommandRun moved = run("migrate", "--to", to, "--discard-old");
            assertThat(moved.err()).isEmpty();
            assertThat(moved.out()).contains("Moved 1 document and 1 id that were deleted from " + from + " to " + to);
            if (to.equals("duckdb")) {
                assertThat(moved.out()).doesNotContain("storage.type");
            } else {
                assertThat(moved.out())
                        .contains("storage.type is duckdb in " + config() + ": set it to " + to + " before");
                assertThat(run("stats").err()).contains("is in the engine " + to + ", and storage.type is duckdb");
            }
            assertThat(load(to)).as(from + " to " + to).isEqualTo(before);
            from = to;
        }
        try (Shelf shelf = Shelf.open(data, Shelf.NO_MODEL)) {
            assertThat(shelf.store().settings("notes").textFields()).containsExactly("text");
            assertThat(shelf.store()
                            .save("notes", List.of(new DocumentToSave("b", Shelf.text("again"))))
                            .getFirst()
                            .version())
                    .isEqualTo(2);
        }
        assertThat(data.toFile().list())
                .contains("documents.duckdb")
                .doesNotContain("documents.json", "documents.lance");
    }

    private Document load(String engine) {
        try (Shelf shelf = Shelf.open(engine, data, Shelf.NO_MODEL)) {
            return shelf.store().load("notes", List.of("a")).get("a");
        }
    }

    @Test
    void anEngineThatIsNotThereAndAFolderThatIsInUseAreRefused() {
        assertThat(run("migrate", "--to", "nosuch").err()).contains("nosuch");
        try (Shelf owner = Shelf.open(data, Shelf.NO_MODEL)) {
            CommandRun refused = run("migrate", "--to", "duckdb");
            assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILURE);
            assertThat(refused.err()).contains("A server runs on " + data, "stop it, repeat this");
            assertThat(owner.store().collections()).hasSize(1);
        }
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("before-"))
                    .toList();
        }
    }

    private Path config() {
        return folder.resolve("config.yaml");
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(Stream.concat(
                        Stream.of(arguments), Stream.of("--config", config().toString(), "--data", data.toString()))
                .toArray(String[]::new));
    }
}
