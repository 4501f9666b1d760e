package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code systemd/install.sh} and its unit, below a folder; {@code BootedSystemdIT} runs them on a machine. */
@Tag("side-by-side")
@Tag("system")
class SystemdInstallIT {

    private static final Path DISTRIBUTION = Path.of(System.getProperty("test.distribution"));
    private static final Path SCRIPTS = DISTRIBUTION.resolve("systemd");
    private static final String UNIT = "etc/systemd/system/mcp-server.service";

    /** What is asked of a unit that is called hardened; it is 1.1. */
    private static final double MOST_EXPOSED = 2.0;

    @TempDir
    Path directory;

    private Path root;

    @BeforeEach
    void aRoot() throws IOException {
        root = Files.createDirectory(directory.resolve("root"));
    }

    @Test
    void theSecondInstallationChangesNothing() throws Exception {
        install();
        Map<String, String> first = listing();

        String said = install();

        assertThat(listing()).isEqualTo(first);
        assertThat(said).contains("the start is trained for this Java").doesNotContain("a first configuration");
        assertThat(first.keySet())
                .contains(
                        UNIT,
                        "etc/sysusers.d/mcp-server.conf",
                        "etc/tmpfiles.d/mcp-server.conf",
                        "opt/mcp-server/bin/mcp-server",
                        "opt/mcp-server/nginx/mcp-server.conf",
                        "var/lib/mcp-server");
        assertThat(first.get("etc/mcp-server")).startsWith("rwxr-x---");
        assertThat(first.get("etc/mcp-server/config.yaml")).startsWith("rw-r-----");
        assertThat(first.get("etc/mcp-server/environment")).startsWith("rw-------");
        assertThat(first.get("var/lib/mcp-server")).startsWith("rwx------");
    }

    @Test
    void anUpgradeKeepsDataConfigurationAndTheJavaThatWasPutBeside() throws Exception {
        install();
        Path configuration = Files.writeString(root.resolve("etc/mcp-server/config.yaml"), "# mine\n");
        Path data = Files.writeString(root.resolve("var/lib/mcp-server/documents"), "mine");
        Path gone = Files.writeString(root.resolve("opt/mcp-server/app/of-an-older-version.jar"), "");
        Path runtime = Files.writeString(
                Files.createDirectory(root.resolve("opt/mcp-server/runtime")).resolve("release"), "");

        install();

        assertThat(configuration).hasContent("# mine");
        assertThat(data).hasContent("mine");
        assertThat(runtime).exists();
        assertThat(gone).doesNotExist();
    }

    @Test
    void aCacheOfAnotherJavaIsTrainedAnew() throws Exception {
        install();
        Path cache = root.resolve("opt/mcp-server/app/app.aot");
        Files.writeString(cache, "made by another Java");

        String said = install();

        assertThat(said).contains("training the start");
        assertThat(Files.size(cache)).isGreaterThan(1_000_000);
        assertThat(install()).contains("the start is trained for this Java");
    }

    @Test
    void theFirstConfigurationIsValid() throws Exception {
        install();
        List<String> command = List.of(
                root.resolve("opt/mcp-server/bin/mcp-server").toString(),
                "validate-config",
                "--config",
                root.resolve("etc/mcp-server/config.yaml").toString());

        String said = output(0, command);

        assertThat(said).contains("0 errors, 0 warnings");
        assertThat(root.resolve("etc/mcp-server/config.yaml")).content().contains("path: \"/var/lib/mcp-server\"");
    }

    @Test
    void anotherPrefixIsInEverythingThatNamesIt() throws Exception {
        install("--prefix", "/srv/mcp");

        assertThat(root.resolve(UNIT))
                .content()
                .contains("ExecStart=/srv/mcp/bin/mcp-server ", "WorkingDirectory=/srv/mcp\n")
                .doesNotContain("/opt/mcp-server");
        assertThat(root.resolve("srv/mcp/bin/mcp-server")).isExecutable();
        assertThat(root.resolve("opt")).doesNotExist();
    }

    @Test
    void removingKeepsDataAndConfigurationUnlessPurged() throws Exception {
        install();

        output(0, List.of(SCRIPTS + "/uninstall.sh", "--root", root.toString()));

        assertThat(listing().keySet())
                .contains("etc/mcp-server/config.yaml", "var/lib/mcp-server")
                .noneMatch(
                        file -> file.startsWith("opt/mcp-server") || file.startsWith("etc/s") && file.contains("mcp"));

        output(0, List.of(SCRIPTS + "/uninstall.sh", "--root", root.toString(), "--purge"));

        assertThat(listing().keySet()).noneMatch(file -> file.contains("mcp"));
    }

    @Test
    void whatIsNoMcpServerIsNeitherReplacedNorRemoved() throws Exception {
        Path foreign = Files.createDirectories(root.resolve("opt/mcp-server")).resolve("thesis.tex");
        Files.writeString(foreign, "");

        assertThat(output(1, installing())).contains("is no mcp-server");
        output(0, List.of(SCRIPTS + "/uninstall.sh", "--root", root.toString(), "--purge"));

        assertThat(foreign).exists();
    }

    @Test
    void wrongUsageSaysWhatWouldBeRight() throws Exception {
        for (String script : List.of("/install.sh", "/uninstall.sh")) {
            assertThat(output(0, List.of(SCRIPTS + script, "--help"))).contains("Examples:");
            assertThat(output(2, List.of(SCRIPTS + script, "--rot", "/x"))).contains("no option --rot");
            assertThat(output(2, List.of(SCRIPTS + script, "--root", "here"))).contains("absolute");
            assertThat(output(2, List.of(SCRIPTS + script, "--prefix", "/a/..")))
                    .contains("..");
            assertThat(output(2, List.of(SCRIPTS + script, "--prefix"))).contains("needs a folder");
        }
    }

    @Test
    void theUnitSaysWhatItMust() throws Exception {
        assertThat(Files.readAllLines(SCRIPTS.resolve("mcp-server.service")))
                .contains(
                        "User=mcp",
                        "WorkingDirectory=/opt/mcp-server",
                        "ExecStart=/opt/mcp-server/bin/mcp-server --config /etc/mcp-server/config.yaml"
                                + " --transport http-stream --port 8000",
                        "ExecReload=/bin/kill -HUP $MAINPID",
                        "Restart=always",
                        "RestartSec=10",
                        "SuccessExitStatus=143",
                        "NoNewPrivileges=true",
                        "PrivateTmp=true",
                        "ProtectSystem=strict",
                        "ProtectHome=true",
                        "ReadWritePaths=/var/lib/mcp-server");
    }

    @Test
    void systemdUnderstandsEveryLineOfTheUnit() throws Exception {
        // The only thing that is changed: the program, which is not installed here.
        String unit = Files.readString(SCRIPTS.resolve("mcp-server.service"));
        Path copy = directory.resolve("mcp-server.service");
        Files.writeString(
                copy, unit.replace("ExecStart=/opt/mcp-server", "ExecStart=" + DISTRIBUTION.toAbsolutePath()));

        assertThat(output(0, List.of("systemd-analyze", "verify", "--man=no", copy.toString())))
                .isEmpty();

        Files.writeString(copy, unit.replace("ProtectHome=", "ProtectHomes="));
        assertThat(output(-1, List.of("systemd-analyze", "verify", "--man=no", copy.toString())))
                .contains("ignoring");
    }

    @Test
    void theUnitIsHardened() throws Exception {
        String said = output(
                0,
                List.of(
                        "systemd-analyze",
                        "security",
                        "--offline=true",
                        SCRIPTS.resolve("mcp-server.service").toString()));

        Matcher score =
                Pattern.compile("Overall exposure level for .*: ([0-9.]+)").matcher(said);
        assertThat(score.find()).as(said).isTrue();
        assertThat(Double.parseDouble(score.group(1))).isLessThanOrEqualTo(MOST_EXPOSED);
    }

    @Test
    void theScriptsAreCleanForShellcheck() throws Exception {
        assertThat(output(
                        0,
                        List.of(
                                "shellcheck",
                                "-x",
                                "-P",
                                ".",
                                "src/main/distribution/systemd/install.sh",
                                "src/main/distribution/systemd/uninstall.sh",
                                "src/test/systemd/booted.sh")))
                .isEmpty();
    }

    private String install(String... more) throws Exception {
        return output(0, installing(more));
    }

    private List<String> installing(String... more) {
        List<String> command = new ArrayList<>(List.of(SCRIPTS + "/install.sh", "--root", root.toString()));
        command.addAll(List.of(more));
        return command;
    }

    /** Everything that a command says; {@code exitCode} -1 is any. */
    private static String output(int exitCode, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("MCP_"));
        builder.environment().put("MCP_JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int ended = process.waitFor();
        if (exitCode >= 0) {
            assertThat(ended).as(command + ": " + said).isEqualTo(exitCode);
        }
        return said;
    }

    /** Every file below the root, with its permissions, size and, where it is a file, its time. */
    private Map<String, String> listing() throws IOException {
        Map<String, String> listing = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = root.relativize(file).toString();
                boolean program = name.startsWith("opt/") && Files.isRegularFile(file);
                listing.put(
                        name,
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))
                                + (Files.isRegularFile(file) ? " " + Files.size(file) : "")
                                + (program ? " " + Files.getLastModifiedTime(file) : ""));
            }
        }
        return listing;
    }
}
