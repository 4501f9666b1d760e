package io.mcpserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.LiveKey;
import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.TestConfigs;
import io.mcpserver.config.reload.ReloadStep;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolTestProfile;
import io.mcpserver.tool.catalog.ToolCatalog;
import io.mcpserver.tool.discovery.ToolDiscovery;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of the configuration that govern tool files, changed while the server runs. */
@QuarkusTest
@TestProfile(ToolTestProfile.class)
class ToolFilesTest {

    private static final String FILE = "tools: [{name: %s, description: Says hello., text: hello}]";

    @Inject
    LiveConfig config;

    @Inject
    ToolCatalog catalog;

    @Inject
    ToolDiscovery discovery;

    @Inject
    ToolFilesStep step;

    @TempDir
    Path folder;

    @AfterEach
    void switchOff() {
        config.replace(with(false, folder));
    }

    @Test
    @LiveKey({"tools.auto_discover", "tools.directories"})
    void foldersAreSearchedAndWatchedAsSoonAsTheConfigurationSaysSo() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), FILE.formatted("first"));
        assertThat(catalog.find("first")).isEmpty();

        config.replace(with(true, folder));
        assertThat(catalog.find("first")).isPresent();

        Files.writeString(folder.resolve("b.yaml"), FILE.formatted("second"));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> catalog.find("second")
                .isPresent());

        Path other = Files.createDirectory(folder.resolve("other"));
        config.replace(with(true, other));
        assertThat(catalog.find("first")).isEmpty();
        Files.writeString(other.resolve("c.yaml"), FILE.formatted("third"));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> catalog.find("third")
                .isPresent());

        config.replace(with(false, other));
        assertThat(catalog.find("third")).isEmpty();
    }

    @Test
    @LiveKey("tools.test_before_reload")
    void aFileMustPassItsTestsAsSoonAsTheConfigurationSaysSo() throws IOException {
        String failing = """
                tools:
                  - name: %s
                    description: Says hello.
                    text: hello
                    tests: [{name: says goodbye, given: {}, expect: {text_contains: goodbye}}]
                """;
        Files.writeString(folder.resolve("a.yaml"), failing.formatted("first"));
        config.replace(with(true, folder));
        assertThat(catalog.find("first")).isPresent();

        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("b.yaml"), failing.formatted("second"));
        config.replace(with(true, other, true));

        assertThat(catalog.find("second")).isEmpty();
        assertThat(discovery.last().files().getFirst().problems().toString()).contains("says goodbye");
    }

    @Test
    void nothingIsReadAgainWhereNothingOfItChanged() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), FILE.formatted("first"));
        config.replace(with(true, folder));
        long generation = discovery.last().generation();
        var tool = catalog.find("first").orElseThrow();

        config.replace(with(true, folder));

        assertThat(discovery.last().generation()).isEqualTo(generation);
        assertThat(catalog.find("first").orElseThrow().handler()).isSameAs(tool.handler());
    }

    @Test
    void aNameOfTheProgramIsNotTaken() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), FILE.formatted("storage_save"));

        config.replace(with(true, folder));

        assertThat(catalog.find("storage_save").orElseThrow().builtIn()).isTrue();
        assertThat(discovery.last().files().getFirst().problems().getFirst().message())
                .contains("the tool \"storage_save\" belongs to");
    }

    @Test
    void aFileTakesThePlaceOfTheToolThatComesAsOneAndGivesItBack() throws IOException {
        Path file = Files.copy(Path.of("tools/calculator.yaml"), folder.resolve("calculator.yaml"));
        ToolSpec bundled = catalog.find("calculator_add").orElseThrow();

        config.replace(with(true, folder, true));
        assertThat(discovery.last().files().getFirst().problems()).isEmpty();
        assertThat(catalog.find("calculator_add").orElseThrow().builtIn()).isFalse();

        Files.writeString(file, Files.readString(file).replace("Add two numbers", "Add with care"));
        discovery.look();
        assertThat(catalog.find("calculator_add").orElseThrow().title()).isEqualTo("Add with care");

        Files.writeString(file, "tools: [{nam: calculator_add}]");
        discovery.look();
        assertThat(catalog.find("calculator_add").orElseThrow().title())
                .as("the last good version goes on")
                .isEqualTo("Add with care");

        Files.delete(file);
        discovery.look();
        assertThat(catalog.find("calculator_add")).containsSame(bundled);
    }

    @Test
    void filesAreNotReadAgainForAKeyThatDoesNotConcernThem() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), FILE.formatted("first"));
        config.replace(with(true, folder));
        var tool = catalog.find("first").orElseThrow();

        config.replace(with(true, folder, true, false, List.of("first")));

        assertThat(catalog.find("first").orElseThrow().handler()).isSameAs(tool.handler());
    }

    @Test
    void whatRunsAProgramGoesWhenItIsForbiddenAlsoWhereItsFileIsBroken() throws IOException {
        String runs = "tools: [{name: %s, description: Runs., exec: {command: [\"true\"]}}]";
        Path broken = Files.writeString(folder.resolve("a.yaml"), runs.formatted("first"));
        Files.writeString(folder.resolve("b.yaml"), runs.formatted("second"));
        Path text = Files.writeString(folder.resolve("c.yaml"), FILE.formatted("third"));
        config.replace(with(true, folder, false, true, List.of()));
        Files.writeString(broken, "tools: [{nam: first}]");
        Files.writeString(text, "tools: [{nam: third}]");
        discovery.look();
        assertThat(catalog.find("first")).isPresent();
        assertThat(catalog.find("second")).isPresent();

        config.replace(with(true, folder, false, false, List.of()));

        assertThat(catalog.find("first")).isEmpty();
        assertThat(catalog.find("second")).isEmpty();
        assertThat(catalog.find("third")).as("what was never forbidden goes on").isPresent();
    }

    @Test
    @LiveKey("sources")
    void aToolComesWithItsSourceAndGoesWithIt() throws IOException {
        Files.writeString(
                folder.resolve("a.yaml"),
                "tools: [{name: first, description: Asks., sql: {source: shop, statement: select 1}}]");
        config.replace(with(true, folder));
        assertThat(catalog.find("first")).isEmpty();

        ServerConfig.Source shop = new ServerConfig.Source("jdbc:duckdb:", Optional.empty(), Optional.empty(), false);
        assertThat(step.prepare(with(Map.of("shop", shop))).problems()).isEmpty();
        config.replace(with(Map.of("shop", shop)));
        assertThat(catalog.find("first")).isPresent();

        assertThat(step.prepare(with(Map.of())).problems().toString()).contains("must be a name under sources:");
        config.replace(with(Map.of()));
        assertThat(catalog.find("first")).isEmpty();
    }

    @Test
    void aReloadWarnsOfFilesThatItWouldQuarantineAndChangesNothing() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), FILE.formatted("first"));
        Files.writeString(folder.resolve("b.yaml"), "tools: [{nam: second}]");
        Files.writeString(
                folder.resolve("c.yaml"), "tools: [{name: third, description: Runs., exec: {command: [\"true\"]}}]");

        ReloadStep.Prepared forbidding = step.prepare(with(true, folder));
        ReloadStep.Prepared allowing = step.prepare(with(true, folder, false, true, List.of()));

        assertThat(forbidding.problems())
                .allMatch(problem -> problem.severity() == Problem.Severity.WARNING)
                .anyMatch(problem -> problem.source().endsWith("b.yaml"))
                .anyMatch(problem ->
                        problem.source().endsWith("c.yaml") && problem.inWords().contains("tools.allow_exec"));
        assertThat(allowing.problems())
                .as("held against the next configuration")
                .isNotEmpty()
                .allMatch(problem -> problem.source().endsWith("b.yaml"));
        assertThat(step.prepare(config.now()).problems()).isEmpty();
        assertThat(catalog.find("first")).isEmpty();
        forbidding.abort();
        allowing.commit();
        assertThat(catalog.find("first")).isEmpty();
    }

    @Test
    void aNameToConfirmThatNoToolHasIsToldOnce() throws IOException {
        List<String> told = new CopyOnWriteArrayList<>();
        Handler recorder = new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getLoggerName().equals(ToolCatalog.class.getName())) {
                    told.add(String.format(line.getMessage(), line.getParameters()));
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(ToolCatalog.class.getName());
        logger.addHandler(recorder);
        try {
            Files.writeString(folder.resolve("a.yaml"), FILE.formatted("greeting"));
            config.replace(with(true, folder, false, false, List.of("greeting", "greetin")));
            discovery.look();
            config.replace(with(true, folder, false, false, List.of("greeting", "greetin", "farewell")));
        } finally {
            logger.removeHandler(recorder);
        }

        assertThat(told).hasSize(2);
        assertThat(told.getFirst()).contains("\"greetin\"", "did you mean \"greeting\"?");
        assertThat(told.getLast()).contains("\"farewell\"");
    }

    private ServerConfig with(Map<String, ServerConfig.Source> sources) {
        return TestConfigs.replacing(config.now(), "sources", sources);
    }

    private ServerConfig with(boolean discovers, Path directory) {
        return with(discovers, directory, false);
    }

    private ServerConfig with(boolean discovers, Path directory, boolean tested) {
        return with(discovers, directory, tested, false, List.of());
    }

    private ServerConfig with(
            boolean discovers, Path directory, boolean tested, boolean allowExec, List<String> confirm) {
        return TestConfigs.with(
                config.now(),
                "tools.auto_discover=" + discovers,
                "tools.directories=" + directory,
                "tools.test_before_reload=" + tested,
                "tools.allow_exec=" + allowExec,
                "tools.confirm=" + String.join(",", confirm));
    }
}
