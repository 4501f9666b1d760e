package io.mcpserver.it;

import io.mcpserver.mcp.testing.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Two servers with the same secret, each with its own data, behind one nginx that takes turns. */
final class ProxiedServers implements AutoCloseable {

    private static final int COUNT = 2;
    private static final String SECRET = "a secret of thirty-two characters or more";

    private final Path directory;
    private final List<RunningServer> servers = new ArrayList<>();
    private final NginxProxy proxy;

    /** Starts them; all are ready when this returns. */
    ProxiedServers(Path directory) throws IOException {
        this.directory = directory;
        try {
            for (int i = 0; i < COUNT; i++) {
                Files.createDirectory(home(i));
                servers.add(launch(i, ServerLaunch.freePort()));
            }
            servers.forEach(server -> server.awaitReady(Duration.ofMinutes(1)));
            proxy = NginxProxy.start(
                    directory.resolve("nginx"),
                    servers.stream().map(RunningServer::port).toList());
        } catch (IOException | RuntimeException | Error e) {
            servers.forEach(RunningServer::close);
            throw e;
        }
    }

    /** The address of all. */
    URI uri(String path) {
        return proxy.uri(path);
    }

    /** One of them, without the proxy. */
    RunningServer server(int number) {
        return servers.get(number);
    }

    List<RunningServer> all() {
        return List.copyOf(servers);
    }

    /** Starts a server that was killed again, where it was. */
    void restart(int number) {
        servers.set(number, launch(number, servers.get(number).port()).awaitReady(Duration.ofMinutes(1)));
    }

    /** How many requests a server has answered whose metric has these tags, such as {@code era="stateful"}. */
    static int answered(RunningServer server, String... tags) {
        return sum(server, "mcp_requests_seconds_count", tags);
    }

    /** The sum of a metric of one server, over all series that have these tags. */
    static int sum(RunningServer server, String metric, String... tags) {
        return RawHttp.get(server.uri("/"), "/q/metrics")
                .send()
                .body()
                .lines()
                .filter(line -> line.startsWith(metric) && Arrays.stream(tags).allMatch(line::contains))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Override
    public void close() {
        proxy.close();
        servers.forEach(RunningServer::close);
    }

    private RunningServer launch(int number, int port) {
        return ServerLaunch.in(home(number))
                .env("MCP_SECURITY_SECRET", SECRET)
                .env("MCP_EMBEDDING_MODEL", "none")
                .serving("http-stream", port)
                .start();
    }

    private Path home(int number) {
        return directory.resolve("server" + number);
    }
}
