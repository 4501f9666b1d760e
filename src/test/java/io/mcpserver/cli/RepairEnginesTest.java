package io.mcpserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.index.Shelf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command on stores of the engines that have a journal. */
class RepairEnginesTest {

    private static final List<String> IDS =
            IntStream.range(0, 20).mapToObj(i -> "n" + i).toList();

    @TempDir
    Path folder;

    private Path data;
    private Map<String, Document> before;

    private void fill(String engine) throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "storage: {type: " + engine + "}\nembedding: {model: none}\n");
        data = folder.resolve("data");
        try (Shelf shelf = Shelf.open(engine, data, Shelf.NO_MODEL)) {
            IDS.forEach(id -> shelf.save(id, "a note, " + id));
            shelf.store().configure("notes", new CollectionSettings(Optional.empty(), List.of("text")));
            before = shelf.store().load("notes", IDS);
        }
    }

    /** Damages the newest file of documents in its middle; the journal still has what was in it. */
    private void damage(String engine) throws IOException {
        Path file = engine.equals("tinydb")
                ? data.resolve("documents.json")
                : files("documents.lance/data").getFirst();
        byte[] bytes = Files.readAllBytes(file);
        System.arraycopy("~~~~".getBytes(StandardCharsets.US_ASCII), 0, bytes, bytes.length - 24, 4);
        System.arraycopy("~~~~".getBytes(StandardCharsets.US_ASCII), 0, bytes, bytes.length / 2, 4);
        Files.write(file, bytes);
    }

    private void forgetJournal(String engine) throws IOException {
        for (Path file : files(engine.equals("tinydb") ? "documents.journal" : "lancedb-journal")) {
            Files.delete(file);
        }
        Files.deleteIfExists(data.resolve("documents.previous.json"));
    }

    private List<Path> files(String name) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve(name))) {
            return files.toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tinydb", "lancedb"})
    void whatTheJournalStillHasIsPutBackAndNothingIsLost(String engine) throws IOException {
        fill(engine);
        assertThat(run("repair-database", "--check").out())
                .contains("Nothing is wrong", "20 documents", "The search index has all of it as it is.");
        damage(engine);
        assertThat(run("repair-database", "--check").exitCode()).isEqualTo(ExitCode.FAILURE);
        CommandRun repaired = run("repair-database");
        assertThat(repaired.out()).contains("Something was wrong", "20 documents", "The old files are in ");
        assertThat(repaired.exitCode()).isZero();
        assertThat(run("repair-database", "--check").exitCode()).isZero();
        try (Shelf shelf = Shelf.open(engine, data, Shelf.NO_MODEL)) {
            assertThat(shelf.store().load("notes", IDS)).isEqualTo(before);
            assertThat(shelf.store().settings("notes").textFields()).containsExactly("text");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tinydb", "lancedb"})
    void whatNobodyHasIsSetAsideAndNamed(String engine) throws IOException {
        fill(engine);
        damage(engine);
        forgetJournal(engine);
        CommandRun repaired = run("repair-database", "--json");
        assertThat(repaired.exitCode()).isEqualTo(ExitCode.FAILURE);
        JsonNode done = Json.read(repaired.out());
        assertThat(done.path("lost").asInt()).isPositive();
        assertThat(Path.of(done.path("set_aside").asText())).isNotEmptyFile();
        assertThat(Path.of(done.path("old_files").asText())).isDirectory();
        assertThat(run("repair-database", "--check").exitCode()).isZero();
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--config", folder.resolve("config.yaml").toString(), "--data", data.toString()))
                .toArray(String[]::new));
    }
}
