package io.mcpserver.cache.redis;

import io.mcpserver.config.RedisAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/** A Redis of the test's own on a loopback port, which keeps nothing on the disk. */
public final class RedisServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int port;
    private final List<String> options;
    private final String password;
    private Process process;

    private RedisServer(int port, String password, List<String> options) {
        this.port = port;
        this.password = password;
        this.options = options;
        start();
    }

    /** One that lets everybody in. */
    public static RedisServer open() {
        return new RedisServer(freePort(), "", List.of());
    }

    /** One that demands a password. */
    public static RedisServer demanding(String password) {
        return new RedisServer(freePort(), password, List.of("--requirepass", password));
    }

    /** One that speaks TLS only, on its port. */
    static RedisServer speakingTls(Path certificate, Path key) {
        int port = freePort();
        return new RedisServer(
                port,
                "",
                List.of(
                        "--tls-port",
                        "" + port,
                        "--tls-cert-file",
                        certificate.toString(),
                        "--tls-key-file",
                        key.toString(),
                        "--tls-auth-clients",
                        "no"));
    }

    private boolean speaksTls() {
        return options.contains("--tls-port");
    }

    /** Starts it, also again after {@link #kill}; returns when it answers. */
    public void start() {
        List<String> command = new ArrayList<>(List.of(
                "redis-server",
                "--bind",
                "127.0.0.1",
                "--port",
                speaksTls() ? "0" : "" + port,
                "--save",
                "",
                "--appendonly",
                "no"));
        command.addAll(options);
        try {
            process = new ProcessBuilder(command)
                    .directory(Files.createTempDirectory("redis").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("This test needs redis-server; .ci/run installs it.", e);
        }
        Awaitility.await("Redis on port " + port)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .failFast(() -> !process.isAlive())
                .until(this::answers);
    }

    private boolean answers() {
        try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
            return speaksTls() || command(Command.of("PING")) instanceof Reply.Text;
        } catch (IOException | UncheckedIOException notYet) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** {@code kill -9}; all that it kept is lost. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Stops or continues it by a signal; while it is stopped, it accepts connections and says nothing. */
    public void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** The reply to one command of the test's. */
    Reply command(Command command) {
        RedisAddress address = new RedisAddress(
                false,
                "127.0.0.1",
                port,
                Optional.empty(),
                Optional.of(password).filter(text -> !text.isEmpty()),
                0);
        try (RedisWire wire = RedisWire.connect(address, PATIENCE)) {
            return wire.exchange(List.of(command), PATIENCE).getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all that is kept. */
    List<String> names() {
        return ((Reply.Items) command(Command.of("KEYS", "*")))
                .items().stream()
                        .map(name -> new String(((Reply.Text) name).bytes(), StandardCharsets.UTF_8))
                        .toList();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
