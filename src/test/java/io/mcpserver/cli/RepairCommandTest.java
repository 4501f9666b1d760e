package io.mcpserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.index.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairCommandTest {

    private static final List<String> IDS =
            IntStream.range(0, 20).mapToObj(i -> "n" + i).toList();

    @TempDir
    Path folder;

    private Path data;
    private Map<String, Document> before;

    @BeforeEach
    void fill() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "storage: {type: duckdb}\nembedding: {model: none}\n");
        data = folder.resolve("data");
        try (Shelf shelf = Shelf.open(data, Shelf.NO_MODEL)) {
            IDS.forEach(id -> shelf.save(id, "a note, " + id));
            shelf.save("gone", "x");
            shelf.store().delete("notes", List.of("gone"));
            shelf.words("note");
            before = shelf.store().load("notes", IDS);
        }
    }

    @Test
    void nothingIsWrongAndNothingIsChanged() {
        CommandRun check = run("repair-database", "--check");
        assertThat(check.out())
                .contains("Nothing is wrong", "20 documents and 1 id", "The search index has all of it as it is.");
        assertThat(check.exitCode()).isZero();
        assertThat(run("--repair-database").exitCode()).isZero();
        assertThat(data.toFile().list()).noneMatch(name -> name.startsWith("before-") || name.startsWith("set-aside"));
    }

    @Test
    void damagedRowsAreMendedOrSetAsideAndAllOthersStayAsTheyWere() throws Exception {
        damage(
                "UPDATE doc SET content = '{broken' WHERE key LIKE '%n3'",
                "UPDATE doc SET updated = created - 5000000 WHERE key LIKE '%n4'",
                "UPDATE doc SET bytes = 7 WHERE key LIKE '%n5'",
                "INSERT INTO doc SELECT key, collection, version, seq - 1000, created, updated, live, bytes,"
                        + " '{\"text\":\"old\"}' FROM doc WHERE key LIKE '%n6'",
                "UPDATE doc SET version = 0 WHERE key LIKE '%n7'",
                "INSERT INTO doc VALUES ('nokey', 'notes', 1, 9999, 0, 0, true, 2, '{}')");
        JsonNode check = Json.read(run("repair-database", "--check", "--json").out());
        assertThat(check.path("whole").asBoolean()).isFalse();
        assertThat(check.path("lost").asInt()).isEqualTo(3);
        assertThat(check.path("mended").asInt()).isEqualTo(4);
        assertThat(check.path("faults").toString())
                .contains(
                        "notes/n3 is refused",
                        "notes/n4 was updated before it was created",
                        "notes/n5 was counted with a wrong size",
                        "notes/n6 is there twice, and this is the older one",
                        "notes/n7 had the version 0",
                        "names no document");
        assertThat(run("repair-database", "--check").exitCode()).isEqualTo(ExitCode.FAILURE);

        CommandRun repaired = run("repair-database", "--json");
        assertThat(repaired.exitCode()).isEqualTo(ExitCode.FAILURE);
        JsonNode done = Json.read(repaired.out());
        Path aside = Path.of(done.path("set_aside").asText());
        assertThat(Files.readString(aside))
                .contains("notes/n3", "{broken", "old")
                .hasLineCount(3);
        assertThat(Path.of(done.path("old_files").asText())).isDirectory();
        assertThat(run("repair-database", "--check").exitCode()).isZero();
        try (Shelf shelf = Shelf.open(data, Shelf.NO_MODEL)) {
            Map<String, Document> after = shelf.store().load("notes", IDS);
            assertThat(after).hasSize(19).doesNotContainKey("n3");
            after.forEach((id, document) -> assertThat(document.content())
                    .as(id)
                    .isEqualTo(before.get(id).content()));
            assertThat(after.get("n8")).isEqualTo(before.get("n8"));
            assertThat(shelf.words("n8")).startsWith("n8");
        }
    }

    @Test
    void anIndexThatDiffersIsBuiltAnewAndNoDocumentIsTouched() throws IOException {
        try (Directory directory = FSDirectory.open(data.resolve("search-index"))) {
            Map<String, String> said;
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                said = reader.getIndexCommit().getUserData();
            }
            try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
                writer.deleteAll();
                writer.setLiveCommitData(said.entrySet());
            }
        }
        CommandRun check = run("repair-database", "--check");
        assertThat(check.out()).contains("The search index had 20 documents in another state.");
        assertThat(check.exitCode()).isEqualTo(ExitCode.FAILURE);
        CommandRun repaired = run("repair-database");
        assertThat(repaired.out()).contains("and was built anew");
        assertThat(repaired.exitCode()).isZero();
        assertThat(run("repair-database", "--check").exitCode()).isZero();
        try (Shelf shelf = Shelf.open(data, Shelf.NO_MODEL)) {
            assertThat(shelf.store().load("notes", IDS)).isEqualTo(before);
            assertThat(shelf.words("n8")).startsWith("n8");
        }
    }

    @Test
    void aLogThatKeepsTheFileFromBeingOpenedIsSetAsideAndToldAndAllBeforeItIsThere() throws Exception {
        Path database = data.resolve("documents.duckdb");
        Path log = data.resolve("documents.duckdb.wal");
        byte[] file;
        byte[] damaged;
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE doc SET version = version + 1");
            // As a crash leaves them: closing would write the log into the file.
            file = Files.readAllBytes(database);
            damaged = Files.readAllBytes(log);
        }
        damaged[damaged.length / 2] ^= 1;
        Files.write(database, file);
        Files.write(log, damaged);
        CommandRun check = run("repair-database", "--check");
        assertThat(check.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(log).exists();
        CommandRun repaired = run("repair-database");
        assertThat(repaired.out())
                .contains("The log cannot be read and was set aside as " + data.resolve("damaged-log-"));
        assertThat(repaired.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(run("repair-database", "--check").exitCode()).isZero();
        try (Shelf shelf = Shelf.open(data, Shelf.NO_MODEL)) {
            assertThat(shelf.store().load("notes", IDS)).isEqualTo(before);
        }
    }

    @Test
    void filesOfWhichNothingCanBeReadAreLeftAsTheyAre() throws IOException {
        Path database = data.resolve("documents.duckdb");
        byte[] garbage = "this is no database".repeat(1000).getBytes();
        Files.write(database, garbage);
        CommandRun repaired = run("repair-database");
        assertThat(repaired.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(repaired.err()).contains("restore a backup").hasLineCount(1);
        assertThat(database).hasBinaryContent(garbage);
    }

    private void damage(String... statements) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + data.resolve("documents.duckdb"));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--config", folder.resolve("config.yaml").toString(), "--data", data.toString()))
                .toArray(String[]::new));
    }
}
