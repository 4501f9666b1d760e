package io.mcpserver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.DirectoryLock;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.Saved;
import io.mcpserver.storage.StoreSnapshot;
import io.mcpserver.storage.StoredDocument;
import io.mcpserver.storage.duckdb.DuckDbStoreFactory;
import io.mcpserver.storage.index.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
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

/** {@code backup} and {@code restore} beside no server. */
class BackupCommandTest {

    private record State(Set<StoredDocument> all, Map<String, CollectionSettings> settings) {}

    @TempDir
    Path folder;

    private Path backup;

    @BeforeEach
    void fill() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "storage: {type: duckdb}\nembedding: {model: none}\n");
        Files.writeString(folder.resolve("secret"), "a long passphrase\n");
        backup = folder.resolve("one.tar.gz");
        try (Shelf shelf = Shelf.open(folder.resolve("one"), Shelf.NO_MODEL)) {
            shelf.store()
                    .save(
                            "notes",
                            IntStream.range(0, 20)
                                    .mapToObj(i -> new DocumentToSave("n" + i, Shelf.text("a note, the " + i)))
                                    .toList());
            shelf.save("n1", "changed");
            shelf.store().delete("notes", List.of("n2"));
            shelf.store().configure("notes", new CollectionSettings(Optional.empty(), List.of("text")));
        }
    }

    @Test
    void whatIsRestoredIsWhatWasBackedUpToTheLastVersionOfWhatWasDeleted() {
        CommandRun made = run("one", "backup", "--output", backup.toString());
        assertThat(made.err()).isEmpty();
        assertThat(made.out()).contains("19 documents and 1 id that were deleted");
        CommandRun verified = run("nowhere", "--backup", "--verify", backup.toString());
        assertThat(verified.out()).startsWith("Whole and undamaged");

        CommandRun restored = run("two", "--restore", "--input", backup.toString());
        assertThat(restored.err()).isEmpty();
        assertThat(restored.out()).contains("Restored 19 documents").doesNotContain("old files");
        assertThat(state("two")).isEqualTo(state("one"));
        try (Shelf shelf = Shelf.open(folder.resolve("two"), Shelf.NO_MODEL)) {
            assertThat(shelf.words("note")).isNotEmpty();
            List<Saved> saved = shelf.store().save("notes", List.of(new DocumentToSave("n2", Shelf.text("again"))));
            assertThat(saved.getFirst().version()).isEqualTo(2);
        }
    }

    @Test
    void theOldFilesAreKeptUntilTheyShallBeDiscarded() throws IOException {
        run("one", "backup", "--output", backup.toString());
        State old;
        try (Shelf shelf = Shelf.open(folder.resolve("two"), Shelf.NO_MODEL)) {
            shelf.save("mine", "of the old store");
        }
        Files.writeString(folder.resolve("two/secret"), "of the server");
        old = state("two");
        CommandRun restored = run("two", "restore", "--json", "--input", backup.toString());
        Path kept = Path.of(Json.read(restored.out()).path("old_files").asText());
        assertThat(kept.getParent()).isEqualTo(folder.resolve("two"));
        assertThat(state("two")).isEqualTo(state("one"));
        assertThat(folder.resolve("two/secret")).hasContent("of the server");
        assertThat(state("two/" + kept.getFileName())).isEqualTo(old);

        run("two", "restore", "--input", backup.toString(), "--discard-old");
        assertThat(names("two"))
                .filteredOn(name -> name.startsWith("before-"))
                .containsExactly(kept.getFileName().toString());
        assertThat(names("two")).doesNotContain("swap.begun");
        assertThat(names("two/restore.tmp")).containsExactly(DirectoryLock.FILE);
        assertThat(state("two")).isEqualTo(state("one"));
    }

    @Test
    void whatRootRestoresBelongsToTheOwnerOfTheFolder() throws IOException {
        assumeTrue(Files.getAttribute(folder, "unix:uid").equals(0), "only root can give files away");
        run("one", "backup", "--output", backup.toString());
        Path data = Files.createDirectories(folder.resolve("two"));
        Files.setAttribute(data, "unix:uid", 12_345);
        Path outside = Files.writeString(folder.resolve("outside"), "of root");

        assertThat(run("two", "restore", "--input", backup.toString()).exitCode())
                .isZero();
        Files.createSymbolicLink(data.resolve("restore.tmp/link"), outside);
        assertThat(run("two", "restore", "--input", backup.toString()).exitCode())
                .isZero();

        assertThat(names("two")).anyMatch(name -> name.startsWith("before-"));
        try (Stream<Path> files = Files.walk(data)) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS))
                            .isEqualTo(12_345));
        }
        assertThat(Files.getAttribute(outside, "unix:uid")).isEqualTo(0);
    }

    @Test
    void encryptedItNeedsItsPassphraseWhichIsNoArgument() throws IOException {
        String file = folder.resolve("one.tar.gz.age").toString();
        String secret = folder.resolve("secret").toString();
        assertThat(run("one", "backup", "--output", file, "--encrypt").err()).contains("--encrypt needs a passphrase");
        run("one", "backup", "--output", file, "--encrypt", "--passphrase-file", secret);
        assertThat(run("one", "backup", "--verify", file).err()).contains("is encrypted");
        CommandRun json = run("one", "backup", "--verify", file, "--passphrase-file", secret, "--json");
        assertThat(Json.read(json.out()).path("encrypted").asBoolean()).isTrue();
        Files.writeString(
                folder.resolve("config.yaml"),
                "storage: {type: duckdb}\nembedding: {model: none}\nbackup: {passphrase: \"${file:" + secret
                        + "}\"}\n");
        assertThat(run("two", "restore", "--input", file).exitCode()).isZero();
        assertThat(state("two")).isEqualTo(state("one"));
        Path weak = Files.writeString(folder.resolve("weak"), "short");
        assertThat(run("one", "backup", "--output", file + "2", "--encrypt", "--passphrase-file", weak.toString())
                        .err())
                .contains("less than 12 characters");
    }

    @Test
    void aDamagedBackupTouchesNothing() throws IOException {
        run("one", "backup", "--output", backup.toString());
        byte[] bytes = Files.readAllBytes(backup);
        bytes[bytes.length / 2] ^= 1;
        Files.write(backup, bytes);
        State before = state("one");
        CommandRun refused = run("one", "restore", "--input", backup.toString());
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(refused.err()).contains("is refused").hasLineCount(1);
        CommandRun verified = run("one", "backup", "--verify", backup.toString());
        assertThat(verified.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(state("one")).isEqualTo(before);
        assertThat(names("one")).noneMatch(name -> name.startsWith("before-") || name.startsWith("restore"));
    }

    @Test
    void whatLancedbKeepsOfBeforeCanBeBackedUpAndRestored() throws IOException {
        Files.writeString(
                folder.resolve("config.yaml"), "storage: {type: lancedb, history: 3600}\nembedding: {model: none}\n");
        Path first = line("a", "as it was");
        Path second = line("a", "as it is");
        assertThat(run("kept", "import", first.toString()).exitCode()).isZero();
        assertThat(run("kept", "backup", "--at", Instant.now().toString(), "--output", backup.toString())
                        .err())
                .contains("No states from before are kept", "storage.history");
        assertThat(run("kept", "import", "--replace", second.toString()).exitCode())
                .isZero();
        Instant now = Instant.now();
        assertThat(run("kept", "stats").out()).contains("1 state kept, back to ");
        assertThat(run("kept", "backup", "--at", "2026-01-01T00:00:00Z", "--output", backup.toString())
                        .err())
                .contains("reach back to ", "and not to 2026-01-01T00:00:00Z");

        CommandRun made = run("kept", "backup", "--at", now.toString(), "--output", backup.toString());
        assertThat(made.err()).isEmpty();
        assertThat(made.out()).contains("the state of ", "1 document");
        run("kept", "restore", "--input", backup.toString(), "--prefix", "then-");
        assertThat(run("kept", "export", "--collection", "then-notes").exitCode())
                .isZero();
        try (Shelf shelf = Shelf.open("lancedb", folder.resolve("kept"), Shelf.NO_MODEL)) {
            assertThat(shelf.store().load("then-notes", List.of("a")).get("a").content())
                    .isEqualTo(Shelf.text("as it was"));
            assertThat(shelf.store().load("notes", List.of("a")).get("a").content())
                    .isEqualTo(Shelf.text("as it is"));
        }
    }

    private Path line(String id, String text) throws IOException {
        return Files.writeString(
                folder.resolve(text.replace(' ', '-') + ".jsonl"),
                "{\"collection\": \"notes\", \"id\": \"%s\", \"content\": {\"text\": \"%s\"}}\n".formatted(id, text));
    }

    @Test
    void aFolderThatIsInUseByWhoCannotBeAskedIsLeftAlone() {
        run("one", "backup", "--output", backup.toString());
        try (DirectoryLock owner = DirectoryLock.acquire(folder.resolve("one"))) {
            CommandRun refused = run("one", "restore", "--input", backup.toString());
            assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILURE);
            assertThat(refused.err()).contains("is in use by another server");
        }
    }

    @Test
    void aWorkshopThatIsALinkIsNotFollowed() throws IOException {
        run("one", "backup", "--output", backup.toString());
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.createSymbolicLink(folder.resolve("one/restore.tmp"), outside);
        for (List<String> command :
                List.of(List.of("restore", "--input", backup.toString()), List.of("migrate", "--to", "tinydb"))) {
            CommandRun refused = run("one", command.toArray(String[]::new));
            assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILURE);
            assertThat(refused.err()).contains("restore.tmp is a link").hasLineCount(1);
        }
        assertThat(outside).isEmptyDirectory();
        assertThat(state("one").all()).hasSize(20);
    }

    @Test
    void aFolderWithoutAStoreIsRefusedByWhoWantsWhatIsThereAndStaysAsItIs() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        Path file = Files.writeString(other.resolve("letter.txt"), "no store");
        for (List<String> command : List.of(
                List.of("backup", "--output", backup.toString()),
                List.of("export", "--output", folder + "/all.jsonl"),
                List.of("stats"),
                List.of("migrate", "--to", "tinydb"),
                List.of("repair-database"))) {
            CommandRun refused = run("other", command.toArray(String[]::new));
            assertThat(refused.exitCode()).as(command.toString()).isEqualTo(ExitCode.FAILURE);
            assertThat(refused.err())
                    .contains("There is no store in the folder " + other)
                    .hasLineCount(1);
            assertThat(run("other/letter.txt", command.toArray(String[]::new)).err())
                    .contains("is no folder");
        }
        assertThat(other).isDirectoryContaining(file::equals).isDirectoryNotContaining(path -> !path.equals(file));
        assertThat(backup).doesNotExist();
        assertThat(run("one", "backup", "--output", folder + "/nosuch/x.tar.gz").err())
                .contains("there is no folder " + folder + "/nosuch");
    }

    @Test
    void wrongUsageIsToldAndEndsWithTwo() {
        assertThat(run("one", "backup").err()).contains("--output FILE");
        assertThat(run("one", "backup", "--output", "a", "--verify", "b").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("one", "backup", "--verify", folder + "/none").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("one", "restore", "--input", folder + "/none").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("one", "restore").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run("one", "backup", "--at", "2026-01-01T00:00:00Z", "--verify", "b")
                        .err())
                .contains("--at is for a backup that is made");
        assertThat(run("one", "backup", "--at", "noon", "--output", "b").err()).contains("a time with its zone");
        run("one", "backup", "--output", backup.toString());
        assertThat(run("one", "import", backup.toString()).err())
                .contains("is called like a backup", "mcp-server restore --input " + backup);
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

    private List<String> names(String data) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(data))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private State state(String data) {
        try (DocumentStore store = new DuckDbStoreFactory()
                        .open(
                                Shelf.config("duckdb", folder.resolve(data), Shelf.NO_MODEL)
                                        .storage(),
                                ChangeListener.NONE);
                StoreSnapshot snapshot = store.snapshot()) {
            Set<StoredDocument> all = new HashSet<>();
            for (List<StoredDocument> some = snapshot.next(100); !some.isEmpty(); some = snapshot.next(100)) {
                all.addAll(some);
            }
            return new State(all, snapshot.settings());
        }
    }
}
