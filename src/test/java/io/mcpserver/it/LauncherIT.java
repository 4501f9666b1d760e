package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.packaging.ScratchMachine;
import io.mcpserver.packaging.ScratchMachine.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/mcp-server}: which Java it finds, and what it hands on to it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "bin/mcp-server is a script of sh; Windows has bin/mcp-server.cmd")
class LauncherIT {

    private static final Path DISTRIBUTION = Path.of(System.getProperty("test.distribution"));
    private static final Path LAUNCHER = DISTRIBUTION.resolve("bin/mcp-server");

    @TempDir
    Path temporary;

    private ScratchMachine machine;
    private Path here;

    @BeforeEach
    void aMachine() throws IOException {
        machine = new ScratchMachine(temporary);
        here = machine.folder("somewhere else");
    }

    @Test
    void argumentsAndWorkingFolderReachTheProgramAsTheyWere() throws Exception {
        machine.jdk("usr/lib/jvm/java-25", "25.0.1");

        Outcome outcome = machine.run(here, LAUNCHER.toString(), "--config", "my file.yaml", "*", "");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.stderr()).isEmpty();
        assertThat(outcome.stdout()).contains("in " + here + "\n");
        assertThat(outcome.stdout()).endsWith("<--config>\n<my file.yaml>\n<*>\n<>\n");
    }

    @Test
    void theProgramIsFoundThroughLinks() throws Exception {
        machine.jdk("usr/lib/jvm/java-25", "25.0.1");
        Path absolute = Files.createSymbolicLink(here.resolve("absolute"), LAUNCHER);
        Files.createDirectories(here.resolve("bin"));
        Files.createSymbolicLink(
                here.resolve("bin/relative"),
                Path.of("..", absolute.getFileName().toString()));

        for (List<String> command :
                List.of(List.of(absolute.toString()), List.of("./bin/relative"), List.of("sh", LAUNCHER.toString()))) {
            Outcome outcome = machine.run(
                    here, command.getFirst(), command.subList(1, command.size()).toArray(String[]::new));

            assertThat(outcome.stdout()).contains("<" + DISTRIBUTION.resolve("app/quarkus-run.jar") + ">");
        }
    }

    @Test
    void theDistributionMayLieInAFolderWithSpaces() throws Exception {
        machine.jdk("usr/lib/jvm/java-25", "25.0.1");
        Path moved = machine.folder("Program Files/mcp server");
        for (String file : List.of("bin/mcp-server", "lib/find-java.sh", "app/quarkus-run.jar")) {
            Files.createDirectories(moved.resolve(file).getParent());
            Files.copy(DISTRIBUTION.resolve(file), moved.resolve(file));
        }

        Outcome outcome = machine.run(here, moved.resolve("bin/mcp-server").toString());

        assertThat(outcome.stdout()).contains("<" + moved.resolve("app/quarkus-run.jar") + ">");
        assertThat(outcome.stdout()).contains("<-Dmcp.home=" + moved + ">");
    }

    @Test
    void theTrainedStartIsUsedWhereItExists() throws Exception {
        machine.jdk("usr/lib/jvm/java-25", "25.0.1");
        Path moved = machine.folder("mcp server");
        for (String file : List.of("bin/mcp-server", "lib/find-java.sh")) {
            Files.createDirectories(moved.resolve(file).getParent());
            Files.copy(DISTRIBUTION.resolve(file), moved.resolve(file));
        }
        String launcher = moved.resolve("bin/mcp-server").toString();

        Outcome without = machine.run(here, launcher);
        Path cache =
                Files.createFile(Files.createDirectories(moved.resolve("app")).resolve("app.aot"));
        Outcome with = machine.run(here, launcher);
        Outcome overStdio = machine.run(here, launcher, "--transport", "stdio");
        Path ofStdio = Files.createFile(cache.resolveSibling("stdio.aot"));

        assertThat(without.stdout()).doesNotContain("AOTCache");
        assertThat(with.stdout()).contains("<-XX:AOTCache=" + cache + ">");
        assertThat(overStdio.stdout()).contains("<-XX:AOTCache=" + cache + ">");
        assertThat(machine.run(here, launcher, "--transport", "stdio").stdout())
                .contains("<-XX:AOTCache=" + ofStdio + ">")
                .doesNotContain(cache.toString());
        assertThat(machine.run(here, launcher, "--transport", "sse").stdout()).contains("<-XX:AOTCache=" + cache + ">");
    }

    @Test
    void whereThisUserHasOwnersOfDataFoldersAServerOverStdioBeginsSmall() throws Exception {
        machine.jdk("usr/lib/jvm/java-25", "25.0.1");
        Path cache = machine.folder("cache");
        machine.env("XDG_CACHE_HOME", cache);
        String small = "<io.mcpserver.cli.PassMain>";
        String launcher = LAUNCHER.toString();

        assertThat(machine.run(here, launcher).stdout()).doesNotContain(small);

        Files.createFile(
                Files.createDirectories(cache.resolve("mcp-server/owners")).resolve("17"));
        for (List<String> words : List.of(
                List.<String>of(), List.of("--transport", "stdio"), List.of("serve"), List.of("--data", "x y"))) {
            Outcome outcome = machine.run(here, launcher, words.toArray(String[]::new));
            assertThat(outcome.stdout()).contains(small).doesNotContain("*.jar", "quarkus-run.jar");
            assertThat(words).allSatisfy(word -> assertThat(outcome.stdout()).contains("<" + word + ">"));
        }
        for (List<String> words : List.of(
                List.of("--transport", "http-stream"),
                List.of("--transport=sse"),
                List.of("status"),
                List.of("import"))) {
            assertThat(machine.run(here, launcher, words.toArray(String[]::new)).stdout())
                    .doesNotContain(small);
        }
        machine.env("MCP_JAVA_START", Path.of("full"));
        assertThat(machine.run(here, launcher).stdout()).doesNotContain(small);
    }

    @Test
    void theProgramTakesThePlaceOfTheLauncherSoThatSignalsReachIt() throws Exception {
        machine.jdk("usr/lib/jvm/java-25", "25.0.1");
        Path out = temporary.resolve("out");

        Process launched = machine.start(here, out, temporary.resolve("err"), LAUNCHER.toString());

        assertThat(launched.waitFor()).isZero();
        assertThat(Files.readString(out)).contains("pid " + launched.pid() + "\n");
    }

    @Test
    void javaHomeIsPassedOverWhereItIsTooOld() throws Exception {
        machine.env("JAVA_HOME", machine.jdk("elsewhere/jdk-17", "17.0.15"));
        machine.jdk("usr/lib/jvm/java-21", "21.0.4");
        machine.jdk("usr/lib/jvm/some-java", "25.0.1");

        assertThat(machine.run(here, LAUNCHER.toString()).stdout()).startsWith("java 25.0.1\n");
    }

    @Test
    void javaHomeIsTakenWhereItFits() throws Exception {
        machine.jdk("usr/lib/jvm/java-25", "25.0.1");
        machine.env("JAVA_HOME", machine.jdk("elsewhere/jdk-26", "26"));

        assertThat(machine.run(here, LAUNCHER.toString()).stdout()).startsWith("java 26\n");
    }

    @Test
    void mcpJavaHomeGoesBeforeEverything() throws Exception {
        machine.env("JAVA_HOME", machine.jdk("usr/lib/jvm/java-25", "25.0.1"));
        machine.env("MCP_JAVA_HOME", machine.jdk("elsewhere/jdk-27", "27-ea"));

        assertThat(machine.run(here, LAUNCHER.toString()).stdout()).startsWith("java 27-ea\n");
    }

    @Test
    void mcpJavaHomeThatIsTooOldIsAnError() throws Exception {
        machine.jdk("usr/lib/jvm/java-25", "25.0.1");
        Path old = machine.jdk("elsewhere/jdk-17", "17.0.15");
        machine.env("MCP_JAVA_HOME", old);

        Outcome outcome = machine.run(here, LAUNCHER.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stdout()).isEmpty();
        assertThat(outcome.stderr()).contains("MCP_JAVA_HOME").contains("17 in " + old);
    }

    @Test
    void theJavaOnPathWillDo() throws Exception {
        Path jdk = machine.jdk("unusual/place", "25.0.1");
        Files.createSymbolicLink(machine.folder("usr/bin").resolve("java"), jdk.resolve("bin/java"));

        assertThat(machine.run(here, LAUNCHER.toString()).stdout()).startsWith("java 25.0.1\n");
    }

    @Test
    void withoutAnyJavaItSaysWhatToInstall() throws Exception {
        Outcome outcome = machine.run(here, LAUNCHER.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stdout()).isEmpty();
        assertThat(outcome.stderr()).contains("Java 25 or newer").contains("MCP_JAVA_HOME");
    }

    @Test
    void moreOptionsComeFromTheEnvironmentAndAreNotExpanded() throws Exception {
        machine.jdk("usr/lib/jvm/java-25", "25.0.1");
        Files.createFile(here.resolve("-Xmatch"));
        machine.env("MCP_JAVA_OPTS", "-Xmx256m  -X*");

        assertThat(machine.run(here, LAUNCHER.toString()).stdout()).contains("<-Xmx256m>\n<-X*>\n");
    }

    @Test
    void onlyTheChildOfOneClientDoesWithoutTheOptimisingCompiler() throws Exception {
        machine.jdk("usr/lib/jvm/java-25", "25.0.1");
        String launcher = LAUNCHER.toString();

        assertThat(machine.run(here, launcher, "--transport", "stdio").stdout()).contains("<-XX:TieredStopAtLevel=1>");
        assertThat(machine.run(here, launcher, "serve", "--transport=stdio").stdout())
                .contains("TieredStopAtLevel");
        assertThat(machine.run(here, launcher, "--transport", "http-stream").stdout())
                .doesNotContain("Tiered");
        assertThat(machine.run(here, launcher, "--config", "file").stdout()).doesNotContain("Tiered");

        machine.env("MCP_TRANSPORT_TYPE", "stdio");
        assertThat(machine.run(here, launcher).stdout()).contains("<-XX:TieredStopAtLevel=1>");
        assertThat(machine.run(here, launcher, "--transport", "sse").stdout()).doesNotContain("Tiered");
    }

    @Test
    void aStartThatAnotherJavaTrainedChangesNothing() throws Exception {
        Path moved = temporary.resolve("moved");
        copyTree(DISTRIBUTION, moved);
        Files.writeString(moved.resolve("app/app.aot"), "made by another Java");
        Files.writeString(moved.resolve("app/stdio.aot"), "made by another Java");
        machine.env("MCP_JAVA_HOME", System.getProperty("java.home"));

        Outcome outcome = machine.run(here, moved.resolve("bin/mcp-server").toString(), "--version");

        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(outcome.stdout()).startsWith("mcp-server ").hasLineCount(1);
        assertThat(outcome.stderr()).isEmpty();
    }

    @Test
    void nothingButTheAnswerIsPrintedUnderAnyLocale() throws Exception {
        machine.env("MCP_JAVA_HOME", System.getProperty("java.home")).env("LC_ALL", "C");

        Outcome outcome = machine.run(here, LAUNCHER.toString(), "--version");

        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(outcome.stdout()).startsWith("mcp-server ").hasLineCount(1);
        assertThat(outcome.stderr()).isEmpty();
    }

    /** Links rather than copies what is big. */
    private static void copyTree(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (file.endsWith("bin/mcp-server") || file.toString().endsWith(".aot")) {
                    Files.copy(file, copy);
                } else {
                    Files.createSymbolicLink(copy, file);
                }
            }
        }
    }
}
