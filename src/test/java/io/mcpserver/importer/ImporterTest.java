package io.mcpserver.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.error.CodedException;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.Hit;
import io.mcpserver.storage.Search;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.ToolTestProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real DuckDB store with its index, without a model. */
class ImporterTest {

    @TempDir
    Path folder;

    private Path docs;
    private StoreService stores;

    @BeforeEach
    void open() throws IOException {
        docs = Files.createDirectory(folder.resolve("docs"));
        stores = new StoreService(ToolTestProfile.config(folder.resolve("data"), "none", true));
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void everyKindOfFileGoesInAndIsFound() throws IOException {
        write("guide.md", "# Guide\n\nTurn the *blue* handle.\n");
        write("plain.txt", "\uFEFFGrüße aus Köln");
        write("sub/page.html", "<h1>Page</h1><p>The green lamp.");
        write("people.csv", "name,year\nAnn,1999\nBob,2001\n");
        write("things.jsonl", "{\"id\": \"thing-1\", \"note\": \"purple\"}\n{\"note\": \"orange\"}\n");
        write("one.json", "{\"note\": \"white\"}");
        zip("packed.txt.gz", "inside the archive");
        write("picture.png", "no text");
        write(".hidden.md", "secret");
        write(".git/readme.md", "secret");

        ImportReport report = importAll();

        assertThat(report.failures()).isEmpty();
        assertThat(report.imported()).isEqualTo(7);
        assertThat(report.saved()).isEqualTo(9);
        assertThat(report.otherKinds()).isEqualTo(1);
        assertThat(report.stopped()).isFalse();
        Document handle = found("blue handle").getFirst().document();
        assertThat(handle.content().path("title").asText()).isEqualTo("guide › Guide");
        assertThat(handle.content().at("/source/path").asText()).isEqualTo("docs/guide.md");
        assertThat(found("green lamp")
                        .getFirst()
                        .document()
                        .content()
                        .at("/source/path")
                        .asText())
                .isEqualTo("docs/sub/page.html");
        assertThat(found("purple").getFirst().document().id()).isEqualTo("thing-1");
        assertThat(found("secret")).isEmpty();
        assertThat(store().count(
                                "docs",
                                new Filter.Compare(
                                        "year",
                                        Filter.Operator.GT,
                                        new com.fasterxml.jackson.databind.node.IntNode(2000))))
                .isEqualTo(1);
    }

    @Test
    void aSecondImportSavesNothing() throws IOException {
        write("guide.md", "# A\n\none\n\n# B\n\ntwo\n");
        write("numbers.csv", "x,y\n1.50,2\n0.25,3\n");
        importAll();
        long sequence = store().sequence();

        ImportReport again = importAll();

        assertThat(again.unchanged()).isEqualTo(2);
        assertThat(again.imported()).isZero();
        assertThat(again.saved()).isZero();
        assertThat(store().sequence()).isEqualTo(sequence);
    }

    @Test
    void onlyWhatChangedIsSavedAndWhatVanishedIsDeleted() throws IOException {
        write("guide.md", sections(130));
        write("other.md", "# Other\n\nstays\n");
        assertThat(importAll().saved()).isEqualTo(131);

        write("guide.md", sections(2) + "# 2\n\nnew words\n");
        ImportReport changed = importAll();

        assertThat(changed.saved()).isEqualTo(1);
        assertThat(changed.deleted()).isEqualTo(127);
        assertThat(changed.imported()).isEqualTo(1);
        assertThat(changed.unchanged()).isEqualTo(1);
        assertThat(store().count("docs", Filter.ALL)).isEqualTo(4);
        assertThat(found("new words").getFirst().document().version()).isEqualTo(2);
    }

    @Test
    void aFileThatBecameEmptyLeavesNothingBehind() throws IOException {
        write("guide.md", sections(3));
        importAll();
        write("guide.md", "");
        assertThat(importAll().deleted()).isEqualTo(3);
        assertThat(store().count("docs", Filter.ALL)).isZero();
    }

    @Test
    void badFilesAreListedAndTheOthersGoIn() throws IOException {
        write("good.md", "# Good\n\nfine\n");
        write("bad.json", "{\n\"a\": }");
        write("bad.jsonl", "{\"ok\": 1}\n{\"ok\": \n");
        write("bad.csv", "a,b\n1,2\n1\n");
        write("twice.jsonl", "{\"id\": \"x\"}\n{\"id\": \"x\"}\n");
        bytes("latin.txt", "Größe".getBytes(StandardCharsets.ISO_8859_1));
        bytes("wide.txt", "hello".getBytes(StandardCharsets.UTF_16));
        bytes("binary.txt", new byte[] {65, 0, 66});
        bytes("broken.txt.gz", "no gzip".getBytes(StandardCharsets.UTF_8));

        ImportReport report = importAll();

        assertThat(report.imported()).isEqualTo(1);
        assertThat(report.saved()).isEqualTo(1);
        assertThat(report.failures().stream()
                        .collect(Collectors.toMap(ImportReport.Failure::path, ImportReport.Failure::reason)))
                .hasSize(8)
                .hasEntrySatisfying(
                        "docs/bad.json", reason -> assertThat(reason).startsWith("line 2: is not JSON"))
                .hasEntrySatisfying(
                        "docs/bad.jsonl", reason -> assertThat(reason).startsWith("line 2: is not JSON"))
                .containsEntry("docs/bad.csv", "line 3: has 1 cells, but the header has 2")
                .containsEntry("docs/twice.jsonl", "documents 1 and 2 have the same id \"x\"")
                .containsEntry("docs/latin.txt", "line 1: is not UTF-8; convert the file to UTF-8")
                .containsEntry("docs/wide.txt", "is UTF-16; convert it to UTF-8")
                .containsEntry("docs/binary.txt", "is not text: it holds NUL bytes")
                .hasEntrySatisfying(
                        "docs/broken.txt.gz", reason -> assertThat(reason).startsWith("is not a gzip file"));
    }

    @Test
    void aFileThatTheStoreRefusesKeepsNoOtherOut() throws IOException {
        write("a.md", "fine");
        write("b.jsonl", "{\"id\": \"bad\\u0000id\"}\n");
        write("c.md", "fine too");
        ImportReport report = importAll();
        assertThat(report.saved()).isEqualTo(2);
        assertThat(report.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.path()).isEqualTo("docs/b.jsonl");
            assertThat(failure.reason()).startsWith("was refused: ");
        });
    }

    @Test
    void linksAreFollowedButNotIntoThemselves() throws IOException {
        write("sub/a.md", "once");
        Files.createSymbolicLink(docs.resolve("sub/loop"), docs);
        Path outside = Files.writeString(folder.resolve("outside.md"), "linked");
        Files.createSymbolicLink(docs.resolve("link.md"), outside);
        Files.createSymbolicLink(docs.resolve("dangling.md"), folder.resolve("nothing"));
        ImportReport report = importAll();
        assertThat(report.imported()).isEqualTo(2);
        assertThat(report.failures()).singleElement().satisfies(failure -> assertThat(failure.path())
                .endsWith("dangling.md"));
    }

    @Test
    void filesOfTheSameNameInDifferentFoldersAreDifferentDocuments() throws IOException {
        write("README.md", sections(3));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/docs"));
        Path other = Files.writeString(elsewhere.resolve("README.md"), "another text");

        importer(ImportProgress.NONE).run(List.of(docs.resolve("README.md")));
        ImportReport second = importer(ImportProgress.NONE).run(List.of(other));

        assertThat(second.saved()).isEqualTo(1);
        assertThat(second.deleted()).isZero();
        assertThat(store().count("docs", Filter.ALL)).isEqualTo(4);
        assertThat(importer(ImportProgress.NONE)
                        .run(List.of(docs.resolve("README.md"), other))
                        .unchanged())
                .isEqualTo(2);
        assertThat(found("another")
                        .getFirst()
                        .document()
                        .content()
                        .at("/source/path")
                        .asText())
                .isEqualTo("README.md");
    }

    @Test
    void twoFoldersOfTheSameNameGoInTogether() throws IOException {
        write("a.md", "first");
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/docs"));
        Files.writeString(elsewhere.resolve("a.md"), "second");
        ImportReport report = importer(ImportProgress.NONE).run(List.of(docs, elsewhere));
        assertThat(report.imported()).isEqualTo(2);
        assertThat(report.failures()).isEmpty();
    }

    @Test
    void aFileThatIsNamedTwiceGoesInOnce() throws IOException {
        write("a.md", "first");
        ImportReport report = importer(ImportProgress.NONE).run(List.of(docs, docs.resolve("a.md")));
        assertThat(report.imported()).isEqualTo(1);
        assertThat(store().count("docs", Filter.ALL)).isEqualTo(1);
        assertThat(found("first")
                        .getFirst()
                        .document()
                        .content()
                        .at("/source/path")
                        .asText())
                .isEqualTo("docs/a.md");
    }

    @Test
    void aPathThatDoesNotExistIsAFailure() {
        assertThat(importer(ImportProgress.NONE)
                        .run(List.of(folder.resolve("nothing")))
                        .failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo("does not exist"));
    }

    @Test
    void inANewCollectionOfProsePathsAreNotSearched() throws IOException {
        write("zanzibar.md", "# Island\n\nspices\n");
        importAll();
        assertThat(store().settings("docs").textFields()).containsExactly("title", "text");
        assertThat(found("docs")).isEmpty();
    }

    @Test
    void aCollectionThatIsThereKeepsItsSettings() throws IOException {
        store().configure("docs", new CollectionSettings(Optional.empty(), List.of("text")));
        write("a.md", "# T\n\nwords\n");
        importAll();
        assertThat(store().settings("docs").textFields()).containsExactly("text");
    }

    @Test
    void stoppedItLeavesWholeDocumentsAndGoesOnTheNextTime() throws IOException {
        for (int i = 0; i < 30; i++) {
            write("%02d.md".formatted(i), sections(20));
        }
        AtomicInteger done = new AtomicInteger();
        ImportProgress counting = new ImportProgress() {
            @Override
            public void begun(int files, long bytes) {
                assertThat(files).isEqualTo(30);
            }

            @Override
            public void done(String path, long bytes) {
                done.incrementAndGet();
            }
        };
        ImportReport stopped = new Importer(store(), "docs", counting, () -> done.get() >= 10).run(List.of(docs));
        assertThat(stopped.stopped()).isTrue();
        assertThat(stopped.imported()).isEqualTo(12);
        assertThat(stopped.unchanged()).isZero();
        assertThat(store().count("docs", Filter.ALL)).isEqualTo(stopped.saved()).isEqualTo(240);

        ImportReport rest = importAll();
        assertThat(rest.unchanged()).isEqualTo(12);
        assertThat(rest.saved()).isEqualTo(360);
        assertThat(store().count("docs", Filter.ALL)).isEqualTo(600);
    }

    @Test
    void stoppedWithinALargeFileItGoesOnThere() throws IOException {
        write(
                "large.jsonl",
                IntStream.range(0, 1_200).mapToObj(i -> "{\"n\": " + i + "}").collect(Collectors.joining("\n")));
        AtomicInteger asked = new AtomicInteger();
        ImportReport stopped = new Importer(store(), "docs", ImportProgress.NONE, () -> asked.incrementAndGet() > 3)
                .run(List.of(docs));
        assertThat(stopped.stopped()).isTrue();
        assertThat(stopped.saved()).isEqualTo(50);
        assertThat(importAll().saved()).isEqualTo(1_150);
        assertThat(importAll().unchanged()).isEqualTo(1);
    }

    @Test
    void aStoreThatFailsEndsTheImport() throws IOException {
        write("a.md", "words");
        DocumentStore store = store();
        store.close();
        assertThatThrownBy(() -> new Importer(store, "docs", ImportProgress.NONE, () -> false).run(List.of(docs)))
                .isInstanceOf(CodedException.class);
    }

    private static String sections(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "# %d\n\nsection %d\n\n".formatted(i, i))
                .collect(Collectors.joining());
    }

    private ImportReport importAll() {
        return importer(ImportProgress.NONE).run(List.of(docs));
    }

    private Importer importer(ImportProgress progress) {
        return new Importer(store(), "docs", progress, () -> false);
    }

    private DocumentStore store() {
        return stores.store();
    }

    private List<Hit> found(String words) {
        return store().search(new Search(words, Optional.of("docs"), Search.Mode.WORDS, Filter.ALL, 5, false));
    }

    private void write(String name, String text) throws IOException {
        bytes(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void bytes(String name, byte[] bytes) throws IOException {
        Path file = docs.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private void zip(String name, String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        bytes(name, packed.toByteArray());
    }
}
