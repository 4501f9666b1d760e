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
import org.junit.jupiter.api.Test;

/** What {@code docs/deployment.md} says of its commands: which test runs them, or why none does. */
class DocumentedCommandsTest {

    private static final Path PAGE = Path.of("docs", "deployment.md");
    private static final Pattern NAMED = Pattern.compile("`([A-Za-z]+(?:Test|IT)|src/test/[a-z/.-]+)`");

    @Test
    void belowEachBlockOfCommandsStandsWhatRunsThemOrWhyNothingDoes() throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        List<String> said = new ArrayList<>();
        boolean inside = false;
        for (int i = 0; i < lines.size(); i++) {
            boolean fence = lines.get(i).startsWith("```");
            inside ^= fence;
            if (fence && !inside) {
                assertThat(lines.get(i + 1))
                        .as("the line below the block that ends in line " + (i + 1))
                        .startsWith("*")
                        .endsWith("*")
                        .containsAnyOf("Run by", "run by", "Not run", "not run");
                said.add(lines.get(i + 1));
            }
        }
        assertThat(said).hasSizeGreaterThan(10);
    }

    @Test
    void whatIsSaidToRunThemExists() throws IOException {
        Matcher named = NAMED.matcher(Files.readString(PAGE));
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
