package io.mcpserver.tool.dropin;

import static io.mcpserver.tool.dropin.DropIns.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.tool.file.LoadedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every block of Java in docs/tools.md is a file that can be dropped in. */
@Timeout(120)
class DocumentedJavaTest {

    private static final Pattern BLOCK = Pattern.compile("(?s)```java\\n(.*?)```");
    private static final Pattern CLASS = Pattern.compile("public class (\\w+)");

    @TempDir
    Path folder;

    @Test
    void eachBlockOfJavaIsValidAndItsExamplesHold() throws IOException {
        List<String> blocks = BLOCK.matcher(Files.readString(Path.of("docs/tools.md")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(blocks).hasSizeGreaterThan(1);
        try (DropIns dropIns = new DropIns(folder)) {
            for (String block : blocks) {
                LoadedFile file = load(dropIns, block);
                assertThat(problems(file)).as(block).isEmpty();
                assertThat(dropIns.failedTests(file)).as(block).isEmpty();
            }
        }
    }

    @Test
    void theProviderOnThePageGreetsInBothLanguages() throws IOException {
        String provider = BLOCK.matcher(Files.readString(Path.of("docs/tools.md")))
                .results()
                .map(found -> found.group(1))
                .filter(block -> block.contains("implements ToolProvider"))
                .findFirst()
                .orElseThrow();
        try (DropIns dropIns = new DropIns(folder)) {
            LoadedFile file = load(dropIns, provider);
            assertThat(dropIns.answer(file, "greet_de", "{'name': 'Ann'}").json())
                    .isEqualTo("{\"greeting\":\"Guten Tag, Ann\"}");
            assertThat(dropIns.answer(file, "greet_en", "{'name': 'Ann'}").json())
                    .isEqualTo("{\"greeting\":\"Hello, Ann\"}");
        }
    }

    private LoadedFile load(DropIns dropIns, String block) {
        String name = CLASS.matcher(block)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        if (!block.contains("implements ToolProvider")) {
            return dropIns.java(name + ".java", block);
        }
        return dropIns.load(
                new JarToolFile(),
                new JarMaker(folder)
                        .source("com.example." + name, block)
                        .entry("META-INF/services/io.mcpserver.tool.api.ToolProvider", "com.example." + name)
                        .write(name + ".jar"));
    }
}
