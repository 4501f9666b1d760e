package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.mcpserver.kubernetes.Manifests;
import io.mcpserver.mcp.testing.RawHttp;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program with the arguments of the container and the file of the ConfigMap in {@code kubernetes/base}. */
@Tag("side-by-side")
class KubernetesConfigurationIT {

    private static final Path BASE = Path.of("kubernetes/base");
    private static final String KEYS = "MCP_SECURITY_API_KEYS";
    private static final String HOSTS = "MCP_TRANSPORT_ALLOWED_HOSTS";
    private static final String MOUNTED = "/app/config/config.yaml";

    @TempDir
    Path folder;

    @Test
    void theFileHasNoFault() throws Exception {
        RunningServer run = container()
                .env("MCP_STORAGE_PATH", null)
                .env(KEYS, ApiKey.of("prometheus").listed())
                .args("--validate-config")
                .runToEnd();

        assertThat(run.stderr().text()).isEmpty();
        assertThat(run.stdout().text()).endsWith(": 0 errors, 0 warnings, 0 notes\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void withoutAKeyNothingStarts() throws Exception {
        RunningServer run = container().runToEnd();

        assertThat(run.stderr().text()).contains("security.api_keys: is empty");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void theServerIsReachedUnderItsNamesAndProbedUnderAny() throws Exception {
        ApiKey key = ApiKey.of("laptop");
        int port = ServerLaunch.freePort();
        Process process = container()
                .env(KEYS, key.listed())
                .env("MCP_HOST", "127.0.0.1")
                .env("MCP_PORT", Integer.toString(port))
                .startUnread();
        try (RunningServer server = new RunningServer(process, port)) {
            server.awaitReady(Duration.ofMinutes(1));
            URI uri = server.uri("/");
            for (String host : new String[] {"mcp.example.com", "mcp-server", "10.0.0.7:8000", "[fd00::7]:8000"}) {
                assertThat(list(uri, host)
                                .header("Authorization", key.bearer())
                                .send()
                                .status())
                        .as(host)
                        .isEqualTo(200);
                assertThat(list(uri, host).send().status()).as(host).isEqualTo(401);
            }
            assertThat(list(uri, "10.0.0.8:8000")
                            .header("Authorization", key.bearer())
                            .send()
                            .status())
                    .isEqualTo(403);
            for (String path : List.of("/q/health/started", "/q/health/live", "/q/health/ready")) {
                assertThat(RawHttp.get(uri, path)
                                .header("Host", "10.0.0.8:8000")
                                .send()
                                .status())
                        .as(path)
                        .isEqualTo(200);
            }
        }
    }

    private static RawHttp list(URI server, String host) {
        return RawHttp.get(server, "/tools/list").header("Host", host);
    }

    /** In a pod with two addresses, one of each kind. */
    private ServerLaunch container() throws Exception {
        Container base = container(Path.of("kubernetes/base"));
        Container single = container(Path.of("kubernetes/overlays/single"));
        assertThat(base.getArgs()).contains(MOUNTED);
        Path file = Files.copy(BASE.resolve("config.yaml"), folder.resolve("config.yaml"));
        // Data in the temporary folder is refused by --prod, and here everything is in it.
        ServerLaunch launch = ServerLaunch.in(folder);
        String options = launch.environment().getOrDefault("MCP_JAVA_OPTS", "");
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        return launch.env("MCP_JAVA_OPTS", options + " -Djava.io.tmpdir=" + temporary)
                .env(HOSTS, hosts(base, "10.0.0.7") + "," + hosts(single, "fd00::7"))
                .args(base.getArgs().stream()
                        .map(argument -> argument.equals(MOUNTED) ? file.toString() : argument)
                        .toArray(String[]::new));
    }

    private static Container container(Path directory) {
        return Manifests.read(directory.resolve("deployment.yaml"))
                .only(Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
    }

    private static String hosts(Container container, String address) {
        return container.getEnv().stream()
                .filter(variable -> variable.getName().equals(HOSTS))
                .map(variable -> variable.getValue().replace("$(POD_IP)", address))
                .collect(Collectors.joining());
    }
}
