package io.mcpserver.it;

import io.mcpserver.mcp.testing.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * An nginx of the test's own, in front of servers on loopback: it runs the configuration that {@code docs/http.md} shows,
 * in which only addresses are replaced.
 *
 * <p>It keeps everything in one folder and is one process, which needs no rights and leaves nothing behind.
 */
final class NginxProxy implements AutoCloseable {

    private static final Path PAGE = Path.of("docs/http.md");
    private static final Pattern EXAMPLE = Pattern.compile("```nginx\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LISTEN = Pattern.compile("listen 80;");
    private static final Pattern SERVERS = Pattern.compile("( *server [0-9.]+:[0-9]+;\n)+");

    /** What a package of nginx brings with it and keeps outside of the folder. */
    private static final String MAIN = """
            master_process off;
            pid nginx.pid;
            error_log stderr info;
            events {
            }
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                include example.conf;
            }
            """;

    private final RunningServer process;

    private NginxProxy(RunningServer process) {
        this.process = process;
    }

    /** Starts one that listens when this returns, in front of servers on these ports of 127.0.0.1. */
    static NginxProxy start(Path directory, List<Integer> servers) {
        int port = ServerLaunch.freePort();
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("nginx.conf"), MAIN);
            Files.writeString(directory.resolve("example.conf"), addressed(example(), port, servers));
            Process started = new ProcessBuilder(
                            program(), "-p", directory + "/", "-c", "nginx.conf", "-g", "daemon off;")
                    .directory(directory.toFile())
                    .start();
            NginxProxy proxy = new NginxProxy(new RunningServer(started, port));
            try {
                return proxy.awaitListening();
            } catch (RuntimeException | Error e) {
                proxy.close();
                throw new AssertionError("nginx: " + proxy.process.stderr().text(), e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The configuration in the documentation. */
    static String example() throws IOException {
        return only(EXAMPLE, Files.readString(PAGE)).group(1);
    }

    URI uri(String path) {
        return process.uri(path);
    }

    @Override
    public void close() {
        process.close();
    }

    private NginxProxy awaitListening() {
        Awaitility.await("nginx")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .failFast(() -> !process.isRunning())
                .ignoreException(UncheckedIOException.class)
                .until(() -> RawHttp.get(uri("/"), "/q/").send().status() == 404);
        return this;
    }

    private static String addressed(String example, int port, List<Integer> servers) {
        String upstream = servers.stream()
                .map(server -> "    server 127.0.0.1:" + server + ";\n")
                .collect(Collectors.joining());
        String listening = only(LISTEN, example).replaceFirst("listen 127.0.0.1:" + port + ";");
        return only(SERVERS, listening).replaceFirst(upstream);
    }

    private static Matcher only(Pattern pattern, String text) {
        if (pattern.matcher(text).results().count() != 1) {
            throw new AssertionError(PAGE + " should have " + pattern + " once");
        }
        Matcher found = pattern.matcher(text);
        found.find();
        return found;
    }

    /** Debian puts it where only administrators look. */
    static String program() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("This test needs nginx; .ci/run installs it."))
                .toString();
    }
}
