package io.mcpserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProductionReadinessTest {

    private static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    @Test
    void anOpenPublicAddressIsFoundWithTheKeysToChange() {
        assertThat(findings(false, "transport.type=sse", "transport.host=0.0.0.0", "transport.allowed_hosts=*"))
                .extracting(Problem::key, Problem::severity)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("security.api_keys", Problem.Severity.WARNING),
                        org.assertj.core.groups.Tuple.tuple("transport.allowed_hosts", Problem.Severity.WARNING));
    }

    @Test
    void withProdTheFindingsAreErrors() {
        assertThat(findings(true, "transport.type=http-stream", "transport.host=127.example.com"))
                .hasSize(1)
                .allMatch(finding -> finding.severity() == Problem.Severity.ERROR);
    }

    @Test
    void keysAndHostNamesSettleIt() {
        assertThat(findings(
                        true,
                        "transport.type=http-stream",
                        "transport.host=0.0.0.0",
                        "transport.allowed_hosts=mcp.example.com",
                        "security.api_keys=laptop:" + HASH))
                .isEmpty();
    }

    @Test
    void loopbackAndStdioAreFine() {
        assertThat(findings(true, "transport.type=sse", "transport.host=127.0.0.2"))
                .isEmpty();
        assertThat(findings(true, "transport.type=sse", "transport.host=::1")).isEmpty();
        assertThat(findings(true, "transport.type=sse", "transport.host=0::0:1"))
                .isEmpty();
        assertThat(findings(true, "transport.type=stdio", "transport.host=0.0.0.0"))
                .isEmpty();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions")
    void aFolderOfToolsThatOthersWriteToIsFound(@TempDir Path folder) throws IOException {
        Path tools = Files.createDirectory(folder.resolve("tools"));
        Files.setPosixFilePermissions(tools, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(findings(true, "tools.directories=" + tools)).isEmpty();
        assertThat(findings(true, "tools.directories=" + folder.resolve("none")))
                .isEmpty();

        for (String open : List.of("rwxrwxr-x", "rwxr-xrwx")) {
            Files.setPosixFilePermissions(tools, PosixFilePermissions.fromString(open));
            assertThat(findings(true, "tools.directories=" + tools))
                    .extracting(Problem::key)
                    .containsExactly("tools.directories");
        }
        assertThat(findings(true, "tools.directories=" + tools, "tools.auto_discover=false"))
                .isEmpty();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions")
    void aDriverThatOthersWriteToIsFound(@TempDir Path folder) throws IOException {
        Path drivers = Files.createDirectory(folder.resolve("drivers"));
        Path driver = Files.writeString(drivers.resolve("a.jar"), "");
        Files.setPosixFilePermissions(drivers, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(driver, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(findingsOfDriver(folder)).isEmpty();

        Files.setPosixFilePermissions(driver, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThat(findingsOfDriver(folder)).extracting(Problem::key).containsExactly("sources.shop.driver");

        Files.setPosixFilePermissions(driver, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(drivers, PosixFilePermissions.fromString("rwxr-xrwx"));
        assertThat(findingsOfDriver(folder)).extracting(Problem::key).containsExactly("sources.shop.driver");
    }

    private static List<Problem> findingsOfDriver(Path folder) throws IOException {
        Files.writeString(
                folder.resolve("config.yaml"), "sources: {shop: {url: \"jdbc:h2:mem:\", driver: drivers/a.jar}}");
        FlagValue data = new FlagValue("test", "storage.path", "/var/lib/mcp-server");
        LoadedConfig loaded = new ConfigLoader(ConfigSchema.load())
                .load(new ConfigRequest(Optional.of("config.yaml"), List.of(data), Map.of(), folder, folder));
        return ProductionReadiness.findings(loaded, true);
    }

    @Test
    void anyHostIsFoundOnLoopbackToo() {
        assertThat(findings(true, "transport.type=sse", "transport.allowed_hosts=*"))
                .extracting(Problem::key)
                .containsExactly("transport.allowed_hosts");
    }

    @Test
    void believingEverybodyIsFound() {
        assertThat(findings(true, "transport.type=sse", "transport.trusted_proxies=10.0.0.0/8"))
                .isEmpty();
        assertThat(findings(true, "transport.type=sse", "transport.trusted_proxies=127.0.0.1,0.0.0.0/0"))
                .extracting(Problem::key)
                .containsExactly("transport.trusted_proxies");
    }

    @Test
    void dataInTheTemporaryFolderIsFound() {
        assertThat(findings(true, "storage.path=" + System.getProperty("java.io.tmpdir") + "/x"))
                .extracting(Problem::key)
                .containsExactly("storage.path");
    }

    private static List<Problem> findings(boolean refuse, String... settings) {
        String[] all = Stream.concat(Stream.of("storage.path=/var/lib/mcp-server"), Arrays.stream(settings))
                .toArray(String[]::new);
        return ProductionReadiness.findings(TestConfigs.load(all), refuse);
    }
}
