package io.mcpserver.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.Hit;
import io.mcpserver.storage.Search;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.ToolTestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documentation that comes with the JDK that runs this test, and Debian's where there is any. */
class RealDocumentationTest {

    private static final Path JDK = Path.of(System.getProperty("java.home"), "legal");
    private static final Path DEBIAN = Path.of("/usr/share/doc");
    private static final int PACKAGES = 60;

    @TempDir
    Path data;

    @Test
    void answersAreFoundByWords() throws IOException {
        List<Path> paths = new ArrayList<>(List.of(JDK));
        if (Files.isDirectory(DEBIAN)) {
            try (Stream<Path> packages = Files.list(DEBIAN)) {
                packages.filter(folder -> Files.isDirectory(folder) && !Files.isSymbolicLink(folder))
                        .sorted()
                        .limit(PACKAGES)
                        .forEach(paths::add);
            }
        }
        try (StoreService stores = new StoreService(ToolTestProfile.config(data, "none", true))) {
            DocumentStore store = stores.store();
            ImportReport report = new Importer(store, "docs", ImportProgress.NONE, () -> false).run(paths);
            assertThat(report.imported()).isGreaterThan(30);
            assertThat(report.saved()).isGreaterThan(200).isEqualTo(store.count("docs", Filter.ALL));
            assertThat(sources(store, "altered source versions must be plainly marked", Search.Mode.WORDS))
                    .anyMatch(path -> path.endsWith("zlib.md"));
            assertThat(new Importer(store, "docs", ImportProgress.NONE, () -> false)
                            .run(paths)
                            .saved())
                    .isZero();
        }
    }

    @Test
    void answersAreFoundByMeaning() {
        try (StoreService stores = new StoreService(ToolTestProfile.config(data, "all-minilm-l6-v2-q", true))) {
            DocumentStore store = stores.store();
            new Importer(store, "docs", ImportProgress.NONE, () -> false)
                    .run(List.of(JDK.resolve("java.base/zlib.md"), JDK.resolve("java.base/unicode.md")));
            assertThat(sources(store, "may I sell a product that compresses files with it?", Search.Mode.MEANING)
                            .getFirst())
                    .endsWith("zlib.md");
        }
    }

    private static List<String> sources(DocumentStore store, String question, Search.Mode mode) {
        return store.search(new Search(question, Optional.of("docs"), mode, Filter.ALL, 3, false)).stream()
                .map(Hit::document)
                .map(document -> document.content().at("/source/path").asText())
                .toList();
    }
}
