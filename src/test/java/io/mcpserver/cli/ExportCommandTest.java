package io.mcpserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.StoreSnapshot;
import io.mcpserver.storage.StoredDocument;
import io.mcpserver.storage.duckdb.DuckDbStoreFactory;
import io.mcpserver.storage.index.Shelf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code export}, and {@code import} of what it wrote. */
class ExportCommandTest {

    /** All that is compared of two stores. */
    private record State(Set<StoredDocument> documents, Map<String, CollectionSettings> settings) {}

    @TempDir
    Path folder;

    @BeforeEach
    void fill() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "storage: {type: duckdb}\nembedding: {model: none}\n");
        try (Shelf shelf = Shelf.open(folder.resolve("one"), Shelf.NO_MODEL)) {
            shelf.store()
                    .save(
                            "notes",
                            IntStream.range(0, 30)
                                    .mapToObj(i -> new DocumentToSave("n" + i, Shelf.text("a note, the " + i + ". 中文")))
                                    .toList());
            shelf.save("n1", "changed");
            shelf.save("people", "p", Shelf.text("x"));
            shelf.store().delete("notes", List.of("n2"));
            shelf.store()
                    .configure(
                            "people",
                            new CollectionSettings(Optional.of(new CollectionSettings.Model("m", 3)), List.of("text")));
        }
    }

    @Test
    void aCollectionThatIsNotThereGivesNoFile() {
        Path file = folder.resolve("none.jsonl");
        CommandRun refused = run("one", "export", "--collection", "nots", "--output", file.toString());
        assertThat(refused.err()).contains("There is no collection nots", "did you mean notes?");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(file).doesNotExist();
    }

    @Test
    void whatIsExportedAndImportedIsAnEqualStore() {
        for (String name : List.of("all.jsonl", "all.jsonl.gz")) {
            String file = folder.resolve(name).toString();
            CommandRun exported = run("one", "export", "--output", file);
            assertThat(exported.out()).contains("Exported 30 documents and the settings of 1 collection");
            assertThat(exported.exitCode()).isZero();

            CommandRun imported = run("to-" + name, "import", file);
            assertThat(imported.err()).isEmpty();
            assertThat(imported.out()).contains("30 documents saved", "0 kept", "settings of 1 collection changed");
            assertThat(imported.exitCode()).isZero();
            assertThat(state("to-" + name)).isEqualTo(state("one"));

            CommandRun again = run("to-" + name, "import", file);
            assertThat(again.out()).contains("0 documents saved, 30 unchanged");
        }
    }

    @Test
    void linesGoToStandardOutputAndTheSummaryDoesNot() throws IOException {
        Path file = folder.resolve("some.jsonl");
        run("one", "export", "--output", file.toString(), "--collection", "people");
        assertThat(Files.readAllLines(file)).hasSize(2).first().asString().contains("\"settings\"");
        CommandRun again = run("one", "export", "--output", file.toString());
        assertThat(again.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(again.err()).contains("is there already");
        CommandRun json = run("one", "export", "--json", "--output", folder + "/other.jsonl");
        assertThat(Json.read(json.out()).path("documents").asInt()).isEqualTo(30);
    }

    @Test
    void aBrokenLineIsToldWithItsNumberAndKeepsNoOtherOut() throws IOException {
        Path file = folder.resolve("broken.jsonl");
        Files.write(
                file,
                List.of(
                        "{\"collection\": \"notes\", \"id\": \"a\", \"content\": {\"n\": 1}}",
                        "{\"collection\": \"notes\", \"id\": ",
                        "",
                        "{\"collection\": \"notes\", \"id\": \"b\", \"content\": {\"n\": 1}, \"versoin\": 3}",
                        "{\"collection\": \"notes\", \"id\": \"c\", \"content\": {\"n\": 1}}"),
                StandardCharsets.UTF_8);
        CommandRun dry = run("two", "import", "--dry-run", file.toString());
        assertThat(dry.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(dry.out()).contains("2 of them broken; nothing was imported");

        CommandRun imported = run("two", "import", file.toString());
        assertThat(imported.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(imported.err()).contains(file + ":2: is not JSON", file + ":4: has the key \"versoin\"");
        assertThat(imported.out()).contains("2 documents saved", "2 lines broken");
        assertThat(state("two").documents()).extracting(StoredDocument::id).containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void whatIsThereInAnotherStateStaysAndIsToldUnlessItShallBeReplaced() {
        String file = folder.resolve("all.jsonl").toString();
        run("one", "export", "--output", file);
        try (Shelf shelf = Shelf.open(folder.resolve("two"), Shelf.NO_MODEL)) {
            shelf.store().save("notes", List.of(new DocumentToSave("n1", Shelf.text("mine"))));
        }
        CommandRun kept = run("two", "import", file);
        assertThat(kept.out()).contains("29 documents saved", "1 kept as they are", "notes/n1");
        CommandRun replaced = run("two", "import", "--replace", "--json", file);
        assertThat(Json.read(replaced.out()).path("files").path(0).path("saved").asInt())
                .isEqualTo(1);
        assertThat(state("two").documents())
                .filteredOn(document -> document.id().equals("n1"))
                .singleElement()
                .satisfies(document -> {
                    assertThat(document.content()).contains(Shelf.text("changed"));
                    assertThat(document.version()).isEqualTo(2);
                });
    }

    @Test
    void wrongUsageIsToldAndEndsWithTwo() throws IOException {
        Path file = Files.writeString(folder.resolve("x.jsonl"), "");
        assertThat(run("one", "export", "--json").err()).contains("--json goes with --output");
        assertThat(run("one", "export", "--collection", "a/b").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run("one", "import", file.toString(), "--collection", "c", "--replace")
                        .err())
                .contains("are for exports");
        assertThat(run("one", "import", file.toString(), "--collection", "c", "--format", "export")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
        CommandRun missing = run("nowhere", "export", "--output", folder + "/y.jsonl");
        assertThat(missing.err()).contains("There is no data folder");
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    private CommandRun run(String data, String... arguments) {
        return CommandRun.of(Stream.concat(
                        Stream.of(arguments),
                        Stream.of(
                                "--config",
                                folder.resolve("config.yaml").toString(),
                                "--data",
                                folder.resolve(data).toString()))
                .toArray(String[]::new));
    }

    private State state(String data) {
        try (DocumentStore store = new DuckDbStoreFactory()
                        .open(
                                Shelf.config("duckdb", folder.resolve(data), Shelf.NO_MODEL)
                                        .storage(),
                                ChangeListener.NONE);
                StoreSnapshot snapshot = store.snapshot()) {
            Set<StoredDocument> documents = new HashSet<>();
            for (List<StoredDocument> some = snapshot.next(100); !some.isEmpty(); some = snapshot.next(100)) {
                some.stream().filter(document -> !document.deleted()).forEach(documents::add);
            }
            return new State(documents, snapshot.settings());
        }
    }
}
