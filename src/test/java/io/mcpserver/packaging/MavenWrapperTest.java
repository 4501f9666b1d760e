package io.mcpserver.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.packaging.ScratchMachine.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./mvnw} does on machines that have this or that; the Maven it brings here is one that only echoes. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "mvnw is a script of sh; Windows has mvnw.cmd")
class MavenWrapperTest {

    private static final String VERSION = "3.9.99";

    @TempDir
    Path temporary;

    private ScratchMachine machine;
    private Path project;
    private Path zip;

    @BeforeEach
    void aProjectOnAMachineWithAJdk() throws Exception {
        machine = new ScratchMachine(temporary);
        machine.jdk("usr/lib/jvm/jdk-25", "25.0.1");
        zip = mavenZip(machine.folder("repository").resolve("maven.zip"));
        project = machine.folder("my project");
        copy("mvnw");
        copy("src/main/distribution/lib/find-java.sh");
        pin(sha512(zip));
    }

    @Test
    void mavenComesThroughTheInstalledOneAndIsKept() throws Exception {
        installedMvnServes(zip);

        Outcome first = mvnw("verify", "-Dname=two words");
        machine.withoutProgram("mvn");
        Outcome second = mvnw("package");

        assertThat(first.exitCode()).as(first.stderr()).isZero();
        assertThat(first.stdout())
                .contains("<verify>\n<-Dname=two words>\n")
                .contains("on " + temporary.resolve("a machine/usr/lib/jvm/jdk-25") + "\n");
        assertThat(first.stderr()).contains("through the installed mvn");
        assertThat(second.exitCode()).as(second.stderr()).isZero();
        assertThat(second.stdout()).contains("<package>\n");
        assertThat(second.stderr()).isEmpty();
    }

    @Test
    void mavenComesFromTheArchiveWhereNoneIsInstalled() throws Exception {
        archiveServes(zip);

        Outcome outcome = mvnw("verify");

        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(outcome.stdout()).contains("<verify>");
        assertThat(outcome.stderr()).contains("maven-3/" + VERSION + "/binaries/apache-maven-" + VERSION + "-bin.zip");
    }

    @Test
    void mavenComesFromTheArchiveWhereTheInstalledOneReachesNothing() throws Exception {
        machine.program("mvn", "echo '[ERROR] no route to host'", "exit 1");
        archiveServes(zip);

        Outcome outcome = mvnw("verify");

        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(outcome.stderr()).contains("no route to host");
    }

    @Test
    void somethingElseThanThePinnedMavenIsNeverRun() throws Exception {
        Path other = Files.writeString(zip.resolveSibling("other.zip"), "not what was pinned");
        installedMvnServes(other);
        archiveServes(other);

        Outcome outcome = mvnw("verify");

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.stdout()).isEmpty();
        assertThat(outcome.stderr()).contains(sha512(other)).contains(sha512(zip));
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void whereMavenCannotBeHadItSaysWhatToInstall() throws Exception {
        Outcome outcome = mvnw("verify");

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.stderr()).contains("apt-get install maven").contains("install curl");
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void withoutAFittingJdkItSaysWhatToInstallAndWhatItSaw() throws Exception {
        removeJdk25();
        Path old = machine.jdk("usr/lib/jvm/jdk-17", "17.0.15");
        machine.env("JAVA_HOME", old);

        Outcome outcome = mvnw("verify");

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.stderr())
                .contains("JDK 25 or newer")
                .contains("17 in " + old)
                .contains("apt-get install openjdk-25-jdk");
    }

    @Test
    void javaHomeDecidesWhereItFits() throws Exception {
        installedMvnServes(zip);
        Path chosen = machine.jdk("elsewhere/jdk", "26");
        machine.env("JAVA_HOME", chosen);

        assertThat(mvnw("verify").stdout()).contains("on " + chosen + "\n");
    }

    @Test
    void javaHomeIsPassedOverWhereItDoesNotFit() throws Exception {
        installedMvnServes(zip);
        machine.env("JAVA_HOME", machine.jdk("elsewhere/jdk", "17.0.15"));

        assertThat(mvnw("verify").stdout()).contains("/usr/lib/jvm/jdk-25\n");
    }

    @Test
    void aJdkOfAVersionManagerWillDo() throws Exception {
        installedMvnServes(zip);
        removeJdk25();
        Path sdkman = machine.jdk("home/.sdkman/candidates/java/25.0.1-tem", "25.0.1");

        assertThat(mvnw("verify").stdout()).contains("on " + sdkman + "\n");
    }

    @Test
    void aJavaThatCannotCompileIsPassedOver() throws Exception {
        installedMvnServes(zip);
        Path runtime = machine.jdk("usr/lib/jvm/jre-25", "25.0.1");
        Files.delete(runtime.resolve("bin/javac"));
        machine.env("JAVA_HOME", runtime);

        assertThat(mvnw("verify").stdout()).contains("/usr/lib/jvm/jdk-25\n");
    }

    @Test
    void twoFirstBuildsAtOnceBothRun() throws Exception {
        installedMvnServes(zip);
        Path out = temporary.resolve("out");
        Path err = temporary.resolve("err");

        Process other = machine.start(project, out, err, project.resolve("mvnw").toString(), "package");
        Outcome outcome = mvnw("verify");

        assertThat(other.waitFor()).as(Files.readString(err)).isZero();
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(leftovers()).singleElement().asString().doesNotContain(".fetch");
    }

    @Test
    void theExitCodeAndTheWorkingFolderAreMavens() throws Exception {
        installedMvnServes(zip);
        Path inside = Files.createDirectories(project.resolve("docs"));
        machine.env("FAKE_EXIT", "7");

        Outcome outcome = machine.run(inside, "../mvnw", "verify");

        assertThat(outcome.exitCode()).isEqualTo(7);
        assertThat(outcome.stdout()).contains("in " + inside + "\n");
    }

    private Outcome mvnw(String... arguments) throws Exception {
        return machine.run(project, project.resolve("mvnw").toString(), arguments);
    }

    private void copy(String file) throws IOException {
        Files.createDirectories(project.resolve(file).getParent());
        Files.copy(Path.of(file), project.resolve(file));
    }

    private void pin(String checksum) throws IOException {
        Path properties = project.resolve(".mvn/wrapper/maven-wrapper.properties");
        Files.createDirectories(properties.getParent());
        Files.writeString(properties, "mavenVersion=" + VERSION + "\ndistributionSha512=" + checksum + "\n");
    }

    /** An {@code mvn} that answers dependency:copy with this file. */
    private void installedMvnServes(Path file) throws IOException {
        machine.program(
                "mvn",
                "for argument; do",
                "  case $argument in -DoutputDirectory=*) folder=${argument#*=} ;; esac",
                "done",
                "cp '" + file + "' \"$folder/apache-maven-" + VERSION + "-bin.zip\"");
    }

    /** A {@code curl} that writes this file to where {@code -o} says. */
    private void archiveServes(Path file) throws IOException {
        machine.program(
                "curl",
                "while [ \"$1\" != -o ]; do shift; done",
                "cp '" + file + "' \"$2\"",
                "echo \"asked for $3\" >&2");
    }

    private void removeJdk25() throws IOException {
        Files.delete(temporary.resolve("a machine/usr/lib/jvm/jdk-25/release"));
        Files.delete(temporary.resolve("a machine/usr/lib/jvm/jdk-25/bin/java"));
    }

    /** What is in the cache besides nothing. */
    private List<Path> leftovers() throws IOException {
        try (Stream<Path> entries =
                Files.list(temporary.resolve("a machine/home/.m2/wrapper/dists/apache-maven-" + VERSION))) {
            return entries.toList();
        }
    }

    private static Path mavenZip(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            entries.putNextEntry(new ZipEntry("apache-maven-" + VERSION + "/bin/mvn"));
            entries.write("""
                    #!/bin/sh
                    echo "on $JAVA_HOME"
                    echo "in $PWD"
                    for argument; do echo "<$argument>"; done
                    exit ${FAKE_EXIT:-0}
                    """.getBytes());
        }
        return file;
    }

    private static String sha512(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(file)));
    }
}
