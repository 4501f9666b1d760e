package io.mcpserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.StoreSwap;
import io.mcpserver.storage.index.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} in the middle of {@code backup}, {@code restore} and {@code migrate}. */
class KilledCommandTest {

    private static final int DOCUMENTS = 2_000;

    @TempDir
    Path folder;

    @BeforeEach
    void fill() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "storage: {type: duckdb}\nembedding: {model: none}\n");
        try (Shelf shelf = Shelf.open(folder.resolve("one"), Shelf.NO_MODEL)) {
            shelf.store()
                    .save(
                            "notes",
                            IntStream.range(0, DOCUMENTS)
                                    .mapToObj(i -> new DocumentToSave("n" + i, Shelf.text("word ".repeat(300) + i)))
                                    .toList());
        }
        try (Shelf shelf = Shelf.open(folder.resolve("two"), Shelf.NO_MODEL)) {
            shelf.save("old", "of the old store");
        }
    }

    @Test
    void leavesNoHalfBackupAndTheOldStoreOrTheNewOne() throws Exception {
        Path backup = folder.resolve("one.tar.gz");
        Path part = folder.resolve(".one.tar.gz.part");
        kill(() -> size(part) > 0, "one", "backup", "--output", backup.toString());
        assertThat(backup).doesNotExist();
        assertThat(run("one", "backup", "--output", backup.toString()).exitCode())
                .isZero();
        assertThat(part).doesNotExist();

        Path ready = folder.resolve("two").resolve(StoreSwap.WORKSHOP).resolve(StoreSwap.READY);
        for (int round = 0; round < Integer.getInteger("mcp.crash.restores", 1); round++) {
            long enough = (round % 8) * 300_000L + 1;
            kill(
                    () -> size(ready.resolve("documents.duckdb.wal")) >= enough,
                    "two",
                    "restore",
                    "--input",
                    backup.toString());
            try (Shelf shelf = Shelf.open(folder.resolve("two"), Shelf.NO_MODEL)) {
                List<Document> found = new ArrayList<>(
                        shelf.store().load("notes", List.of("old", "n0")).values());
                assertThat(found).extracting(Document::id).containsExactly("old");
            }
        }
        assertThat(run("two", "restore", "--input", backup.toString()).exitCode())
                .isZero();
        try (Shelf shelf = Shelf.open(folder.resolve("two"), Shelf.NO_MODEL)) {
            assertThat(shelf.store().collections().getFirst().documents()).isEqualTo(DOCUMENTS);
        }
        assertThat(ready).doesNotExist();
    }

    @Test
    void aMigrationLeavesTheOldStoreAndCanBeRunAgain() throws Exception {
        Path ready = folder.resolve("one").resolve(StoreSwap.WORKSHOP).resolve(StoreSwap.READY);
        kill(() -> Files.isDirectory(ready.resolve("documents.journal")), "one", "migrate", "--to", "tinydb");
        try (Shelf shelf = Shelf.open(folder.resolve("one"), Shelf.NO_MODEL)) {
            assertThat(shelf.store().collections().getFirst().documents()).isEqualTo(DOCUMENTS);
        }
        CommandRun again = run("one", "migrate", "--to", "tinydb");
        assertThat(again.out()).as(again.err()).contains("Moved 2,000 documents");
        try (Shelf shelf = Shelf.open("tinydb", folder.resolve("one"), Shelf.NO_MODEL)) {
            assertThat(shelf.store().collections().getFirst().documents()).isEqualTo(DOCUMENTS);
        }
        assertThat(ready).doesNotExist();
    }

    private void kill(BooleanSupplier now, String data, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.mcpserver.Main"));
        command.addAll(List.of(withFolder(data, arguments)));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("victim.log").toFile())
                .start();
        try {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> now.getAsBoolean() || !process.isAlive());
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(process.exitValue())
                .as("killed: %s", Files.readString(folder.resolve("victim.log")))
                .isEqualTo(137);
    }

    private CommandRun run(String data, String... arguments) {
        return CommandRun.of(withFolder(data, arguments));
    }

    private String[] withFolder(String data, String... arguments) {
        return Stream.concat(
                        Stream.of(arguments),
                        Stream.of(
                                "--config",
                                folder.resolve("config.yaml").toString(),
                                "--data",
                                folder.resolve(data).toString()))
                .toArray(String[]::new);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return -1;
        }
    }
}
