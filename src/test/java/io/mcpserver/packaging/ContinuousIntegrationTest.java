package io.mcpserver.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code .ci/run} makes of a build; the build here is one that only leaves a report. */
@EnabledOnOs(value = OS.LINUX, disabledReason = ".ci/run is for Debian")
class ContinuousIntegrationTest {

    private static final String PASSED =
            "<testsuite name='a.DiskTest' tests=\"2\" errors=\"0\" skipped=\"0\" failures=\"0\">\n<testcase/>";
    private static final String SKIPPED =
            "<testsuite name='a.DiskTest' tests=\"2\" errors=\"0\" skipped=\"1\" failures=\"0\">\n<skipped message=\"not root\"/>";

    private static final List<String> PROGRAMS = List.of(
            "mvn",
            "node",
            "npm",
            "unzip",
            "curl",
            "nginx",
            "podman",
            "runc",
            "mmdebstrap",
            "docker-compose",
            "kubectl",
            "promtool",
            "openssl",
            "redis-server",
            "shellcheck",
            "systemd-analyze");

    @TempDir
    Path project;

    private int exitCode;

    @BeforeEach
    void aProjectWithATestOfTheSystem() throws IOException {
        copy(".ci/run");
        copy("src/main/distribution/lib/find-java.sh");
        write("src/test/java/a/DiskTest.java", "@Tag(\"system\")\nclass DiskTest {}\n");
        executable("src/main/image/base.sh", "exit 0");
        for (String program : PROGRAMS) {
            executable("programs/" + program, "exit 0");
        }
    }

    @Test
    void aBuildThatRanEverythingPasses() throws Exception {
        assertThat(run("a.DiskTest", PASSED)).contains("2 passed, 0 failed, 0 skipped");
        assertThat(exitCode).isZero();
    }

    @Test
    void aTestOfTheSystemThatWasSkippedIsAFailure() throws Exception {
        assertThat(run("a.DiskTest", SKIPPED))
                .contains("a.DiskTest was skipped")
                .contains("not root");
        assertThat(exitCode).isEqualTo(1);
    }

    @Test
    void aTestOfTheSystemThatWasLeftOutIsAFailure() throws Exception {
        assertThat(run("a.OtherTest", PASSED)).contains("a.DiskTest was not run");
        assertThat(exitCode).isEqualTo(1);
    }

    @Test
    void aTestOfTheImageIsLeftOutWhereNoContainerCanBeRun() throws Exception {
        executable("programs/podman", "exit 125");
        assertThat(run("a.DiskTest", SKIPPED.replace("not root", "Assumption failed: [the build made no image]")))
                .contains("No container can be run here")
                .contains("a.DiskTest was left out");
        assertThat(exitCode).isZero();
    }

    private String run(String testClass, String report) throws Exception {
        write("report.xml", report + "</testsuite>\n");
        executable(
                "mvnw",
                "mkdir -p target/surefire-reports; cp report.xml target/surefire-reports/TEST-" + testClass + ".xml");
        ProcessBuilder builder = new ProcessBuilder("bash", ".ci/run").directory(project.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().merge("PATH", project.resolve("programs") + ":", (path, first) -> first + path);
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        exitCode = process.waitFor();
        return output;
    }

    private void copy(String file) throws IOException {
        Path to = project.resolve(file);
        Files.createDirectories(to.getParent());
        Files.copy(Path.of(file), to);
    }

    private void executable(String file, String script) throws IOException {
        write(file, "#!/bin/sh\n" + script + "\n");
        assertThat(project.resolve(file).toFile().setExecutable(true)).isTrue();
    }

    private void write(String file, String text) throws IOException {
        Path to = project.resolve(file);
        Files.createDirectories(to.getParent());
        Files.writeString(to, text);
    }
}
