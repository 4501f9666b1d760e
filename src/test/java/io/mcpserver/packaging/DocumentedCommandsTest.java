package io.mcpserver.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages with commands say of them: which test runs them, or why none does. */
class DocumentedCommandsTest {

    private static final Path DOCS = Path.of("docs");
    private static final Pattern NAMED = Pattern.compile("`([A-Za-z]+(?:Test|IT)|src/test/[a-z/.-]+)`");

    /** @param language of the blocks that are meant; the others of a page are held by tests of their own */
    @ParameterizedTest
    @CsvSource({"deployment.md, '', 10", "tools.md, sh, 1"})
    void belowEachBlockOfCommandsStandsWhatRunsThemOrWhyNothingDoes(String page, String language, int more)
            throws IOException {
        List<String> lines = Files.readAllLines(DOCS.resolve(page));
        List<String> said = new ArrayList<>();
        boolean inside = false;
        boolean meant = false;
        for (int i = 0; i < lines.size(); i++) {
            boolean fence = lines.get(i).startsWith("```");
            inside ^= fence;
            if (fence && inside) {
                meant = lines.get(i).startsWith("```" + language);
            } else if (fence && meant) {
                assertThat(lines.get(i + 1))
                        .as("the line below the block that ends in line " + (i + 1))
                        .startsWith("*")
                        .endsWith("*")
                        .containsAnyOf("Run by", "run by", "Not run", "not run");
                said.add(lines.get(i + 1));
            }
        }
        assertThat(said).hasSizeGreaterThan(more);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deployment.md", "tools.md"})
    void whatIsSaidToRunThemExists(String page) throws IOException {
        Matcher named = NAMED.matcher(Files.readString(DOCS.resolve(page)));
        List<String> missing = new ArrayList<>();
        while (named.find()) {
            if (!exists(named.group(1))) {
                missing.add(named.group(1));
            }
        }
        assertThat(missing).isEmpty();
    }

    private static boolean exists(String name) throws IOException {
        if (name.contains("/")) {
            return Files.isExecutable(Path.of(name));
        }
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            return files.anyMatch(file -> file.getFileName().toString().equals(name + ".java"));
        }
    }
}
