package io.mcpserver.storage.lancedb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.Salvaged;
import io.mcpserver.storage.StoredDocument;
import io.mcpserver.storage.lancedb.dataset.Lance;
import io.mcpserver.storage.lancedb.dataset.LanceMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be had of a dataset whose files are damaged. */
class LanceDbSalvageTest {

    private static final int A_FILE = 120;

    /** A store of three files of rows, an index, deleted rows, and nothing in the journal that would help. */
    @TempDir
    static Path whole;

    private static Salvaged undamaged;
    private static Map<String, StoredDocument> before;

    @TempDir
    Path directory;

    @BeforeAll
    static void fill() throws IOException {
        for (int file = 0; file < 3; file++) {
            try (DocumentStore store = LanceDbStores.open(whole, ChangeListener.NONE)) {
                List<DocumentToSave> notes = new ArrayList<>();
                for (int i = 0; i < A_FILE; i++) {
                    int number = file * (A_FILE - 20) + i;
                    notes.add(new DocumentToSave(
                            "n" + number,
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put(
                                            "text",
                                            "note %d of file %d, ".formatted(number, file)
                                                    + Integer.toString(number * 7919, 36)
                                                            .repeat(150))));
                }
                store.save("notes", notes);
                if (file == 1) {
                    store.delete("notes", List.of("n5"));
                    store.configure("notes", new CollectionSettings(Optional.empty(), List.of("text")));
                }
            }
        }
        index();
        undamaged = salvage(whole);
        before = undamaged.documents();
        assertThat(before).hasSize(3 * A_FILE - 40);
        assertThat(files("lancedb-journal"))
                .allSatisfy(file -> assertThat(file.toFile().length()).isLessThan(100));
    }

    /** As maintenance does after some more versions. */
    private static void index() throws IOException {
        Lance.load(LanceMemory.of(96L << 20));
        try (Table table = Table.open(whole.resolve("documents.lance"))) {
            table.index();
        }
    }

    private static Salvaged salvage(Path directory) {
        return Salvaged.of(
                new LanceDbStoreFactory().salvage(new ServerConfig.Storage("lancedb", directory, 96L << 20, 4), false));
    }

    private static List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(whole.resolve(folder))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** The file of rows that was written first, second, third; in this test's copy of the store. */
    private Path rows(int number) throws IOException {
        List<Path> rows = files("documents.lance/data").stream()
                .sorted(Comparator.comparing(file -> file.toFile().lastModified()))
                .toList();
        return directory.resolve(whole.relativize(rows.get(number)));
    }

    private void copy() throws IOException {
        try (Stream<Path> files = Files.walk(whole)) {
            for (Path file : files.toList()) {
                Path copy = directory.resolve(whole.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                    copy.toFile().setLastModified(file.toFile().lastModified());
                }
            }
        }
    }

    private void damage(Path file, int from, int length) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = from; i < from + length; i++) {
            bytes[i] = (byte) 0xff;
        }
        Files.write(file, bytes);
    }

    @Test
    void aStoreThatIsWholeIsReadAsItIs() {
        assertThat(undamaged.faults()).isEmpty();
        assertThat(undamaged.derivedFaults()).isEmpty();
        assertThat(undamaged.lost()).isEmpty();
        assertThat(undamaged.mended()).isEmpty();
        assertThat(undamaged.settings()).containsKey("notes");
        assertThat(undamaged.note("n5").deleted()).isTrue();
        assertThat(undamaged.note("n110").version()).isEqualTo(2);
    }

    @Test
    void aFileOfRowsThatIsMissingIsNamedAndAllOtherRowsStayAsTheyWere() throws IOException {
        copy();
        Path missing = rows(0);
        Files.delete(missing);
        Salvaged all = salvage(directory);
        before.forEach((key, document) -> {
            int number = Integer.parseInt(document.id().substring(1));
            if (number >= A_FILE - 20 || number == 5) {
                assertThat(all.documents().get(key)).as(key).isEqualTo(document);
            } else {
                assertThat(all.documents()).doesNotContainKey(key);
            }
        });
        assertThat(all.lost()).isNotEmpty();
        assertThat(all.places())
                .allMatch(place -> place.contains(missing.getFileName().toString()));
    }

    @Test
    void bytesThatWereChangedInAFileOfRowsCostTheRowsTheyAreIn() throws IOException {
        copy();
        damage(rows(1), (int) Files.size(rows(1)) / 2, 40);
        damage(rows(2), (int) Files.size(rows(2)) - 30, 20);
        Salvaged all = salvage(directory);
        assertThat(all.lost()).isNotEmpty();
        int intact = 0;
        for (Map.Entry<String, StoredDocument> one : before.entrySet()) {
            intact += one.getValue().equals(all.documents().get(one.getKey())) ? 1 : 0;
        }
        assertThat(intact).isGreaterThanOrEqualTo(before.size() - 2 * A_FILE);
        assertThat(all.settings()).containsKey("notes");
    }

    @Test
    void aNewestVersionThatIsDamagedIsPassedOver() throws IOException {
        copy();
        Path newest = directory.resolve(whole.relativize(files("documents.lance/_versions").stream()
                .filter(file -> file.toString().endsWith(".manifest"))
                .findFirst()
                .orElseThrow()));
        damage(newest, 20, (int) Files.size(newest) - 40);
        Salvaged all = salvage(directory);
        assertThat(all.documents()).isEqualTo(before);
        assertThat(all.lost()).isEmpty();
        assertThat(all.derivedFaults()).isNotEmpty().first().asString().startsWith("Version ");
    }

    @Test
    void listsOfDeletedRowsAndAnIndexThatAreDamagedCostNothing() throws IOException {
        copy();
        for (String folder : List.of("documents.lance/_deletions", "documents.lance/_indices")) {
            for (Path file : files(folder)) {
                Path damaged = directory.resolve(whole.relativize(file));
                Files.write(damaged, new byte[(int) Files.size(file)]);
            }
        }
        Salvaged all = salvage(directory);
        assertThat(all.documents()).isEqualTo(before);
        assertThat(all.lost()).isEmpty();
        assertThat(all.derivedFaults())
                .anyMatch(fault -> fault.startsWith("The index of keys is damaged"))
                .anyMatch(fault -> fault.startsWith("Which rows of "));
    }

    @Test
    void theFiguresTellOfFilesAndVersions() throws IOException {
        copy();
        try (DocumentStore store = LanceDbStores.open(directory, ChangeListener.NONE)) {
            assertThat(store.figures())
                    .containsEntry("deleted_ids", 1L)
                    .containsEntry("fragments", 3L)
                    .containsEntry("journal_bytes", 0L)
                    .hasEntrySatisfying(
                            "versions", versions -> assertThat(versions).isPositive());
        }
    }
}
