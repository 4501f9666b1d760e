package io.mcpserver.tool.declarative;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.ToolTestProfile;
import io.mcpserver.tool.offline.OfflineFile;
import io.mcpserver.tool.offline.OfflineTools;
import io.mcpserver.tool.trial.TestReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files in {@code tools/} and the blocks of the pages do what they say, by their own tests. */
class SampleFilesTest {

    private static final Pattern BLOCK =
            Pattern.compile("```yaml\n((?:#.*\n)*(?:tools|documents|prompts|resources):.*?)```", Pattern.DOTALL);

    private static final Pattern SOURCES = Pattern.compile("```yaml\n(sources:.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void everySamplePassesItsTests() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("tools"))) {
            List<Path> samples = all.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            assertThat(samples).isNotEmpty();
            check(ToolTestProfile.config(folder.resolve("data"), "none", true), samples, true);
        }
    }

    @Test
    void everyToolFileOnThePagesIsValidAndPassesItsTests() throws IOException {
        Matcher blocks =
                BLOCK.matcher(Files.readString(Path.of("docs/tools.md")) + Files.readString(Path.of("README.md")));
        List<Path> files = new ArrayList<>();
        Files.writeString(folder.resolve("handbook.md"), "# Handbook\n");
        Matcher sources = SOURCES.matcher(Files.readString(Path.of("docs/tools.md")));
        assertThat(sources.find()).isTrue();
        ServerConfig config = TestConfig.of(
                folder,
                "storage: {path: ./data}\nembedding: {model: none}\ntools: {allow_exec: true}\n" + sources.group(1));
        while (blocks.find()) {
            files.add(Files.writeString(folder.resolve("block%02d.yaml".formatted(files.size())), blocks.group(1)));
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            check(config, List.of(file), false);
        }
    }

    private static void check(ServerConfig config, List<Path> files, boolean tested) {
        try (OfflineTools tools = new OfflineTools(config)) {
            for (OfflineFile file : tools.read(files)) {
                assertThat(file.problems()).as(file.shown()).isEmpty();
                List<TestReport> reports = file.test();
                assertThat(reports).as(file.shown()).hasSizeGreaterThanOrEqualTo(tested ? 1 : 0);
                assertThat(reports.stream().filter(report -> !report.passed()).map(TestReport::render))
                        .isEmpty();
            }
        }
    }
}
