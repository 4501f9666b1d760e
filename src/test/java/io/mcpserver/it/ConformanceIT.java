package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official conformance suite, every scenario that revision 2025-11-25 requires of a server, one
 * test each. What the suite asks a server to have is in {@code io.mcpserver.conformance}.
 */
@QuarkusTest
class ConformanceIT {

    private static final String REVISION = "2025-11-25";
    private static final Pattern NAME = Pattern.compile("^ {2}- (\\S+)$", Pattern.MULTILINE);

    @TestHTTPResource("/mcp")
    URI endpoint;

    @TempDir
    Path output;

    @TestFactory
    Stream<DynamicTest> everyRequiredScenarioPasses() throws Exception {
        return requiredOfServers().stream().map(name -> DynamicTest.dynamicTest(name, () -> passes(name)));
    }

    @Test
    void theListOfScenariosIsWhole() throws Exception {
        assertThat(requiredOfServers()).hasSize(30).contains("server-initialize", "dns-rebinding-protection");
    }

    private void passes(String scenario) throws Exception {
        Run run = suite("server", "--url", endpoint.toString(), "--scenario", scenario, "--spec-version", REVISION);
        assertThat(run.exitCode()).as(run.text()).isZero();
        assertThat(run.text()).containsPattern("Passed: ([1-9]\\d*)/\\1, 0 failed");
    }

    private List<String> requiredOfServers() throws Exception {
        String list = suite("list", "--server", "--requirements", REVISION).text();
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
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("The suite did not end: " + Files.readString(log));
        }
        return new Run(process.exitValue(), Files.readString(log));
    }
}
