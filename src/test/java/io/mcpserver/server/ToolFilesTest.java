package io.mcpserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.LiveKey;
import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.TestConfigs;
import io.mcpserver.config.reload.ReloadStep;
import io.mcpserver.mcp.testing.HttpTalk;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolTestProfile;
import io.mcpserver.tool.catalog.CatalogSnapshot;
import io.mcpserver.tool.catalog.OfferKind;
import io.mcpserver.tool.catalog.ToolCatalog;
import io.mcpserver.tool.discovery.ToolDiscovery;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of the configuration that govern tool files, changed while the server runs. */
@QuarkusTest
@TestProfile(ToolTestProfile.class)
class ToolFilesTest {

    private static final int ROUNDS = 100;
    private static final String FILE = "tools: [{name: %s, description: Says hello., text: hello}]";

    @Inject
    LiveConfig config;

    @Inject
    ToolCatalog catalog;

    @Inject
    ToolDiscovery discovery;

    @Inject
    ToolFilesStep step;

    @TestHTTPResource("/")
    URI server;

    @TempDir
    Path folder;

    @AfterEach
    void switchOff() {
        reload(with(false, folder));
    }

    @Test
    @LiveKey({"tools.auto_discover", "tools.directories"})
    void foldersAreSearchedAndWatchedAsSoonAsTheConfigurationSaysSo() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), FILE.formatted("first"));
        assertThat(catalog.find("first")).isEmpty();

        reload(with(true, folder));
        assertThat(catalog.find("first")).isPresent();

        Files.writeString(folder.resolve("b.yaml"), FILE.formatted("second"));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> catalog.find("second")
                .isPresent());

        Path other = Files.createDirectory(folder.resolve("other"));
        reload(with(true, other));
        assertThat(catalog.find("first")).isEmpty();
        Files.writeString(other.resolve("c.yaml"), FILE.formatted("third"));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> catalog.find("third")
                .isPresent());

        reload(with(false, other));
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
        reload(with(true, folder));
        assertThat(catalog.find("first")).isPresent();

        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("b.yaml"), failing.formatted("second"));
        reload(with(true, other, true));

        assertThat(catalog.find("second")).isEmpty();
        assertThat(discovery.last().files().getFirst().problems().toString()).contains("says goodbye");
    }

    @Test
    void nothingIsReadAgainWhereNothingOfItChanged() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), FILE.formatted("first"));
        reload(with(true, folder));
        long generation = discovery.last().generation();
        var tool = catalog.find("first").orElseThrow();

        reload(with(true, folder));

        assertThat(discovery.last().generation()).isEqualTo(generation);
        assertThat(catalog.find("first").orElseThrow().handler()).isSameAs(tool.handler());
    }

    @Test
    void aNameOfTheProgramIsNotTaken() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), FILE.formatted("storage_save"));

        reload(with(true, folder));

        assertThat(catalog.find("storage_save").orElseThrow().builtIn()).isTrue();
        assertThat(discovery.last().files().getFirst().problems().getFirst().message())
                .contains("the tool \"storage_save\" belongs to");
    }

    @Test
    void aFileTakesThePlaceOfTheToolThatComesAsOneAndGivesItBack() throws IOException {
        Path file = Files.copy(Path.of("tools/calculator.yaml"), folder.resolve("calculator.yaml"));
        ToolSpec bundled = catalog.find("calculator_add").orElseThrow();

        reload(with(true, folder, true));
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
        reload(with(true, folder));
        var tool = catalog.find("first").orElseThrow();

        reload(with(true, folder, true, false, List.of("first")));

        assertThat(catalog.find("first").orElseThrow().handler()).isSameAs(tool.handler());
    }

    @Test
    void whatRunsAProgramGoesWhenItIsForbiddenAlsoWhereItsFileIsBroken() throws IOException {
        String runs = "tools: [{name: %s, description: Runs., exec: {command: [\"true\"]}}]";
        Path broken = Files.writeString(folder.resolve("a.yaml"), runs.formatted("first"));
        Files.writeString(folder.resolve("b.yaml"), runs.formatted("second"));
        Path text = Files.writeString(folder.resolve("c.yaml"), FILE.formatted("third"));
        reload(with(true, folder, false, true, List.of()));
        Files.writeString(broken, "tools: [{nam: first}]");
        Files.writeString(text, "tools: [{nam: third}]");
        discovery.look();
        assertThat(catalog.find("first")).isPresent();
        assertThat(catalog.find("second")).isPresent();

        reload(with(true, folder, false, false, List.of()));

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
        reload(with(true, folder));
        assertThat(catalog.find("first")).isEmpty();

        ServerConfig.Source shop = new ServerConfig.Source("jdbc:duckdb:", Optional.empty(), Optional.empty(), false);
        reload(with(Map.of("shop", shop)));
        assertThat(catalog.find("first")).isPresent();

        ReloadStep.Prepared without = step.prepare(with(Map.of()));
        without.abort();
        assertThat(without.problems().toString()).contains("must be a name under sources:");
        reload(with(Map.of()));
        assertThat(catalog.find("first")).isEmpty();
    }

    @Test
    void whatIsPreparedNamesFilesThatItWouldQuarantineAndChangesNothing() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), FILE.formatted("first"));
        Files.writeString(folder.resolve("b.yaml"), "tools: [{nam: second}]");
        Files.writeString(
                folder.resolve("c.yaml"), "tools: [{name: third, description: Runs., exec: {command: [\"true\"]}}]");

        ReloadStep.Prepared forbidding = step.prepare(with(true, folder));
        forbidding.abort();
        ReloadStep.Prepared allowing = step.prepare(with(true, folder, false, true, List.of()));
        allowing.abort();

        assertThat(forbidding.problems())
                .allMatch(problem -> problem.severity() == Problem.Severity.WARNING)
                .anyMatch(problem -> problem.source().endsWith("b.yaml"))
                .anyMatch(problem ->
                        problem.source().endsWith("c.yaml") && problem.inWords().contains("tools.allow_exec"));
        assertThat(forbidding.quarantined())
                .extracting(file -> Path.of(file).getFileName().toString())
                .containsExactly("b.yaml", "c.yaml");
        assertThat(allowing.problems())
                .as("held against the next configuration")
                .isNotEmpty()
                .allMatch(problem -> problem.source().endsWith("b.yaml"));
        ReloadStep.Prepared same = step.prepare(config.now());
        same.abort();
        assertThat(same.problems()).isEmpty();
        assertThat(catalog.find("first")).isEmpty();
    }

    @Test
    void whatIsThrownAwayLeavesConfigurationAndToolsAsTheyWere() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), FILE.formatted("first"));
        reload(with(true, folder));
        var tool = catalog.find("first").orElseThrow();
        long generation = discovery.last().generation();
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("b.yaml"), FILE.formatted("second"));

        step.prepare(with(true, other)).abort();

        assertThat(catalog.find("second")).isEmpty();
        assertThat(catalog.find("first").orElseThrow().handler()).isSameAs(tool.handler());
        assertThat(discovery.last().generation()).isEqualTo(generation);
        Files.writeString(folder.resolve("c.yaml"), FILE.formatted("third"));
        Awaitility.await("the old folder is watched as before")
                .atMost(Duration.ofSeconds(60))
                .until(() -> catalog.find("third").isPresent());
    }

    @Test
    void toolsComeIntoForceInOneMomentWithTheirConfigurationAndAreToldOnceAfterIt() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), FILE.formatted("first"));
        ServerConfig next = with(true, folder);
        ReloadStep.Prepared prepared = step.prepare(next);
        assertThat(catalog.find("first")).isEmpty();
        List<Set<OfferKind>> told = new CopyOnWriteArrayList<>();
        catalog.onChange(told::add);

        config.replace(next, prepared.together());
        assertThat(catalog.find("first")).as("before anybody commits").isPresent();
        assertThat(catalog.yetToTell()).containsExactly(OfferKind.TOOLS);
        assertThat(told).isEmpty();

        prepared.commit();
        assertThat(told).containsExactly(Set.of(OfferKind.TOOLS));
        assertThat(catalog.yetToTell()).isEmpty();
    }

    @Test
    void nobodySeesToolsOfOneConfigurationUnderAnother() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(folder.resolve("a.yaml"), FILE.formatted("first"));
        Files.writeString(other.resolve("b.yaml"), FILE.formatted("second"));
        reload(with(true, folder));
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> readers = Stream.of(1, 2)
                    .map(reader -> threads.submit(() -> mixtures(over)))
                    .toList();
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    reload(with(true, round % 2 == 0 ? other : folder));
                }
            } finally {
                over.set(true);
            }
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isZero();
            }
        }
    }

    @Test
    void aReloadThatChangesTheToolsInTwoWaysIsToldOnce() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), FILE.formatted("first"));
        try (HttpTalk talk = HttpTalk.inSession(server, null, new JsonObject())) {
            talk.listen();

            reload(TestConfigs.with(with(true, folder), "tools.exclude=calculator_add"));

            talk.told("notifications/tools/list_changed");
            Files.writeString(
                    folder.resolve("b.yaml"),
                    "prompts: [{name: greet, description: Greets., messages: [{role: user, text: Greet.}]}]");
            discovery.look();
            talk.told("notifications/prompts/list_changed");
            assertThat(talk.hasHeard("notifications/tools/list_changed")).isFalse();
        } finally {
            reload(TestConfigs.with(config.now(), "tools.exclude="));
        }
    }

    /** How often the tools of one folder were offered under a configuration that names the other. */
    private int mixtures(AtomicBoolean over) {
        int mixtures = 0;
        while (!over.get()) {
            LiveConfig.Generation now = config.current();
            boolean first = now.config().tools().directories().equals(List.of(folder));
            CatalogSnapshot offered = catalog.in(now);
            if (offered.tool("first").isPresent() != first
                    || offered.tool("second").isPresent() == first) {
                mixtures++;
            }
        }
        return mixtures;
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
            reload(with(true, folder, false, false, List.of("greeting", "greetin")));
            discovery.look();
            reload(with(true, folder, false, false, List.of("greeting", "greetin", "farewell")));
        } finally {
            logger.removeHandler(recorder);
        }

        assertThat(told).hasSize(2);
        assertThat(told.getFirst()).contains("\"greetin\"", "did you mean \"greeting\"?");
        assertThat(told.getLast()).contains("\"farewell\"");
    }

    /** As a reload does it. */
    private void reload(ServerConfig next) {
        ReloadStep.Prepared prepared = step.prepare(next);
        config.replace(next, prepared.together());
        prepared.commit();
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
