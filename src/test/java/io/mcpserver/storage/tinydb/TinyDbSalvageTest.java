package io.mcpserver.storage.tinydb;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.Salvaged;
import io.mcpserver.storage.StoredDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be had of a store whose files are damaged. */
class TinyDbSalvageTest extends TinyDbFixture {

    private static final List<String> IDS = List.of("a", "b", "c", "d", "e", "f");

    private Map<String, StoredDocument> before;

    private Salvaged salvage() {
        ServerConfig.Storage config = new ServerConfig.Storage("tinydb", directory, 256L << 20, 4);
        return Salvaged.of(new TinyDbStoreFactory().salvage(config, false));
    }

    /** Notes in the file, a deleted one, settings; and nothing in the journal or the file before that would help. */
    private void fill() throws Exception {
        try (TinyDbStore store = open()) {
            IDS.forEach(id -> save(store, id, "{'text': 'a note, " + id + "'}"));
            save(store, "b", "{'text': 'a note, b', 'more': {'1': {'x': [1, 2.5]}}}");
            save(store, "gone", "{}");
            store.delete("notes", List.of("gone"));
            store.configure("notes", new CollectionSettings(Optional.empty(), List.of("text")));
            store.save("people", List.of(TinyDbStores.document("ann", "{'name': 'Ann'}")));
            settle(store);
        }
        before = salvage().documents();
        assertThat(before).hasSize(8);
    }

    private void forgetCopies() throws IOException {
        Files.deleteIfExists(directory.resolve("documents.previous.json"));
        try (Stream<Path> files = Files.list(directory.resolve("documents.journal"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void aStoreThatIsWholeIsReadAsItIs() throws Exception {
        fill();
        Salvaged all = salvage();
        assertThat(all.documents()).isEqualTo(before);
        assertThat(all.faults()).isEmpty();
        assertThat(all.lost()).isEmpty();
        assertThat(all.settings()).containsKey("notes");
    }

    @Test
    void aDocumentThatWasTornIsSetAsideAndAllOthersStayAsTheyWere() throws Exception {
        fill();
        forgetCopies();
        edit("\"text\": \"a note, c\"", "\"text\": \"a no");
        String torn = text();
        Salvaged all = salvage();
        assertThat(all.documents()).hasSize(7).doesNotContainKey("notes/c");
        all.documents().forEach((key, document) -> assertThat(document).as(key).isEqualTo(before.get(key)));
        assertThat(all.mended()).isEmpty();
        assertThat(all.places()).containsExactly("notes/c");
        assertThat(all.lost().getFirst().rest()).contains("\"_id\": \"c\"", "a no");
        assertThat(all.derivedFaults()).singleElement().asString().contains("documents.json, line ");
        assertThat(all.settings()).containsKey("notes");
        assertThat(text()).isEqualTo(torn);
    }

    @Test
    void whatIsTornInTheFileIsTakenFromTheJournalOrTheFileBefore() throws Exception {
        fill();
        edit("\"text\": \"a note, c\"", "\"text\": \"a no");
        Salvaged all = salvage();
        assertThat(all.documents()).isEqualTo(before);
        assertThat(all.lost()).isEmpty();
        assertThat(all.mended()).containsOnlyKeys("notes/c");
    }

    @Test
    void anEndThatIsMissingCostsTheDocumentItIsMissingFrom() throws Exception {
        fill();
        forgetCopies();
        edit("\"text\": \"a note, c\"},", "\"text\": \"a note, c\",");
        Salvaged all = salvage();
        assertThat(all.documents()).hasSize(7).doesNotContainKey("notes/c");
        assertThat(all.places()).containsExactly("notes/c");
    }

    @Test
    void aFileThatWasCutKeepsWhatIsBeforeTheCut() throws Exception {
        fill();
        forgetCopies();
        String whole = text();
        for (int length = whole.indexOf("\"1\""); length < whole.length() - 3; length += 61) {
            write(whole.substring(0, length));
            Salvaged all = salvage();
            int cut = length;
            assertThat(IDS.stream().filter(id -> whole.indexOf("note, " + id) + 60 < cut))
                    .as("cut to %s", length)
                    .allSatisfy(id -> assertThat(all.note(id)).isEqualTo(before.get("notes/" + id)));
            assertThat(all.documents().size() + all.lost().size()).isGreaterThanOrEqualTo(before.size());
        }
    }

    @Test
    void bytesThatWereChangedAnywhereCostOnlyTheDocumentsTheyAreIn() throws Exception {
        fill();
        forgetCopies();
        byte[] whole = Files.readAllBytes(file());
        Random random = new Random(5);
        for (int round = 0; round < 60; round++) {
            byte[] damaged = whole.clone();
            int at = random.nextInt(whole.length - 8);
            for (int i = at; i < at + 4; i++) {
                damaged[i] = (byte) random.nextInt(256);
            }
            Files.write(file(), damaged);
            Salvaged all = salvage();
            long intact = before.entrySet().stream()
                    .filter(one -> one.getValue().equals(all.documents().get(one.getKey())))
                    .count();
            assertThat(intact).as("4 bytes at %s", at).isGreaterThanOrEqualTo(before.size() - 2);
        }
    }

    @Test
    void withoutItsStateAStoreHasWhatTheFileSaysAndTheJournal() throws Exception {
        fill();
        byte[] state = Files.readAllBytes(directory.resolve("documents.state"));
        state[state.length / 2] ^= 1;
        Files.write(directory.resolve("documents.state"), state);
        Salvaged all = salvage();
        assertThat(all.documents()).isEqualTo(before);
        assertThat(all.settings()).containsKey("notes");
        assertThat(all.faults()).singleElement().asString().contains("documents.state cannot be read");
        forgetCopies();
        all = salvage();
        assertThat(all.documents()).hasSize(7).doesNotContainKey("notes/gone");
        all.documents().forEach((key, document) -> assertThat(document).as(key).isEqualTo(before.get(key)));
        assertThat(all.lost()).isEmpty();
    }

    @Test
    void ofAJournalWithADamageInTheMiddleAllThatIsWholeIsTaken() throws Exception {
        try (TinyDbStore store = open()) {
            save(store, "a", "{'text': 'first'}");
            settle(store);
        }
        Path journal = directory.resolve("documents.journal");
        byte[] state = Files.readAllBytes(directory.resolve("documents.state"));
        byte[] documents = Files.readAllBytes(file());
        try (TinyDbStore store = open()) {
            List.of("b", "c", "d").forEach(id -> save(store, id, "{'text': 'a note, " + id + "'}"));
        }
        // As a crash leaves them: the journal has what the file does not have yet.
        Files.write(directory.resolve("documents.state"), state);
        Files.write(file(), documents);
        Path segment;
        try (Stream<Path> files = Files.list(journal)) {
            segment = files.findFirst().orElseThrow();
        }
        String bytes = Files.readString(segment, StandardCharsets.ISO_8859_1);
        Files.writeString(segment, bytes.replace("a note, c", "a nope, c"), StandardCharsets.ISO_8859_1);
        Salvaged all = salvage();
        assertThat(all.documents()).containsOnlyKeys("notes/a", "notes/b", "notes/d");
        assertThat(all.lost()).singleElement().satisfies(lost -> {
            assertThat(lost.where()).startsWith("record 3 of the journal " + segment);
            assertThat(lost.rest()).contains("a nope, c");
        });
    }

    @Test
    void aFileThatIsGoneIsPutTogetherFromTheCopies() throws Exception {
        fill();
        Files.delete(file());
        Salvaged all = salvage();
        assertThat(all.documents()).isEqualTo(before);
        assertThat(all.derivedFaults()).singleElement().asString().contains("is gone or empty");
    }

    @Test
    void tablesThatAreNoCollectionsAreSetAside() throws Exception {
        fill();
        forgetCopies();
        edit("{\"notes\"", "{\"my table\": {\"1\": {\"x\": 1}},\n\"notes\"");
        edit("\"text\": \"a note, c\"", "\"text\": \"a no");
        Salvaged all = salvage();
        assertThat(all.places()).containsExactlyInAnyOrder("notes/c", "the table 'my table'");
        assertThat(all.documents()).hasSize(7);
    }

    @Test
    void whereNothingCanBeReadItIsRefusedAndLeftAsItIs() throws Exception {
        write("this is no database ".repeat(100));
        refused(ErrorCode.STORE_UNAVAILABLE, this::salvage);
        assertThat(text()).startsWith("this is no database");
    }

    @Test
    void theFiguresTellWhatWaitsAndWhatMayStillCome() throws Exception {
        fill();
        try (TinyDbStore store = open()) {
            assertThat(store.figures())
                    .containsEntry("deleted_ids", 1L)
                    .containsEntry("journal_bytes", 0L)
                    .containsEntry("file_bytes", Files.size(file()))
                    .containsKey("most_bytes");
        }
    }
}
