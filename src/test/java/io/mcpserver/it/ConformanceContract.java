package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The official conformance suite: every scenario that a revision requires of a server, one test each, and four that are
 * not scored. What the suite asks a server to have is in {@code io.mcpserver.conformance}.
 *
 * <p>In this order, because the suite gives some first answers little more than half a second, which classes that are
 * loaded for the first time under a test framework may take.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
abstract class ConformanceContract {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAME = Pattern.compile("^ {2}- (\\S+)$", Pattern.MULTILINE);

    @TestHTTPResource("/mcp")
    URI endpoint;

    @TempDir
    Path output;

    @TestFactory
    Stream<DynamicTest> whatTheRevisionWithSessionsRequires() throws Exception {
        return everyScenario("2025-11-25");
    }

    @TestFactory
    Stream<DynamicTest> whatTheStatelessRevisionRequires() throws Exception {
        return everyScenario("2026-07-28");
    }

    @ParameterizedTest
    @CsvSource({
        "http-header-validation,2026-07-28",
        "http-custom-header-server-validation,2026-07-28",
        "json-schema-2020-12,2025-11-25",
        "json-schema-2020-12,2026-07-28",
        "server-session-lifecycle,2025-11-25"
    })
    void whatIsNotScored(String scenario, String revision) throws Exception {
        suite(
                "server",
                "--url",
                endpoint.toString(),
                "--scenario",
                scenario,
                "--spec-version",
                revision,
                "-o",
                "checks");
        passes(scenario);
    }

    @ParameterizedTest
    @CsvSource({"2025-11-25,30,server-initialize", "2026-07-28,37,server-stateless"})
    void theListOfScenariosIsWhole(String revision, int size, String one) throws Exception {
        assertThat(requiredOfServers(revision)).hasSize(size).contains(one, "dns-rebinding-protection");
    }

    @Test
    void theSuiteFailsAServerThatIsNotThere() throws Exception {
        String nobody = "http://localhost:1/mcp";
        assertThat(suite("server", "--url", nobody, "--scenario", "tools-list", "--spec-version", "2026-07-28")
                        .exitCode())
                .isNotZero();
    }

    /** Runs the suite once and looks at each scenario by itself. */
    private Stream<DynamicTest> everyScenario(String revision) throws Exception {
        List<String> required = requiredOfServers(revision);
        suite("server", "--url", endpoint.toString(), "--requirements", revision, "-o", "checks");
        return required.stream().map(name -> DynamicTest.dynamicTest(name, () -> passes(name)));
    }

    private void passes(String scenario) throws IOException {
        JsonNode checks =
                JSON.readTree(folderOf(scenario).resolve("checks.json").toFile());
        List<String> failed = new ArrayList<>();
        int succeeded = 0;
        for (JsonNode check : checks) {
            String status = check.path("status").asText();
            if (status.equals("FAILURE") || status.equals("WARNING")) {
                failed.add(check.toPrettyString());
            } else if (status.equals("SUCCESS")) {
                succeeded++;
            }
        }
        assertThat(failed).isEmpty();
        assertThat(succeeded).isPositive();
    }

    private Path folderOf(String scenario) throws IOException {
        try (Stream<Path> folders = Files.list(output.resolve("checks"))) {
            return folders.filter(
                            folder -> folder.getFileName().toString().matches("server-" + scenario + "-\\d{4}-.*"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("The suite did not run " + scenario));
        }
    }

    private List<String> requiredOfServers(String revision) throws Exception {
        String list = suite("list", "--server", "--requirements", revision).text();
        String servers = list.substring(0, list.indexOf("Client scenarios"));
        return NAME.matcher(servers)
                .results()
                .map(MatchResult::group)
                .map(line -> line.substring(4))
                .toList();
    }

    private record Run(int exitCode, String text) {}

    private Run suite(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("test.node"));
        command.add(System.getProperty("test.npm") + "/node_modules/@modelcontextprotocol/conformance/dist/index.js");
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(output, "suite", ".log");
        Process process = new ProcessBuilder(command)
                .directory(output.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(180, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("The suite did not end: " + Files.readString(log));
        }
        return new Run(process.exitValue(), Files.readString(log));
    }
}
