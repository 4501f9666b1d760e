package io.mcpserver.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How one program of the distribution is to be started: arguments, environment, configuration file.
 *
 * <p>The program runs in {@code directory}, keeps its data in {@code directory/data} unless told
 * otherwise, uses the Java that runs the tests, and sees no {@code MCP_*} variable of the outside.
 */
final class ServerLaunch {

    private static final Path DISTRIBUTION = Path.of(System.getProperty("test.distribution", "target/mcp-server"))
            .toAbsolutePath();

    /** The number of this JVM among those that run tests at the same time. */
    private static final int FORK = Integer.getInteger("surefire.forkNumber", 1);

    private final Path directory;
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> javaOptions = new ArrayList<>();
    private int port;

    private ServerLaunch(Path directory) {
        this.directory = directory;
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("MCP_STORAGE_PATH", directory.resolve("data").toString());
        if (Boolean.getBoolean("test.coverage.all")) {
            measured();
        }
    }

    /** A program that works in {@code directory}, which exists and belongs to the test. */
    static ServerLaunch in(Path directory) {
        return new ServerLaunch(directory);
    }

    /** The launcher that every launch runs. */
    static Path launcher() {
        return DISTRIBUTION.resolve("bin").resolve("mcp-server");
    }

    ServerLaunch args(String... more) {
        arguments.addAll(Arrays.asList(more));
        return this;
    }

    /** Serves {@code sse} or {@code http-stream} on a free loopback port. */
    ServerLaunch serving(String transport) {
        return serving(transport, freePort());
    }

    ServerLaunch serving(String transport, int onPort) {
        port = onPort;
        return args("--transport", transport, "--host", "127.0.0.1", "--port", Integer.toString(onPort));
    }

    /** Sets a variable; null takes it away, also one that this class sets by itself. */
    ServerLaunch env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Adds options of the Java that runs the program. */
    ServerLaunch javaOptions(String... more) {
        javaOptions.addAll(List.of(more));
        return env("MCP_JAVA_OPTS", String.join(" ", javaOptions));
    }

    /**
     * What the program runs of its code is to count as covered: for code that only a program of its own can run. It starts
     * as no user's does then, without the cache of its start, which takes some seconds of both cores.
     */
    ServerLaunch measured() {
        String agent = System.getProperty("test.coverage", "");
        return agent.isBlank() || javaOptions.contains(agent) ? this : javaOptions(agent);
    }

    /** The variables that are set, for clients that start the launcher themselves. */
    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** Writes {@code yaml} to {@code directory/config.yaml} and names it by {@code --config}. */
    ServerLaunch configuration(String yaml) {
        Path file = directory.resolve("config.yaml");
        try {
            Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return args("--config", file.toString());
    }

    /** Starts the program and returns at once. */
    RunningServer start() {
        return new RunningServer(startUnread(), port);
    }

    /** Starts the program for a test that decides itself what it reads, and ends it. */
    Process startUnread() {
        List<String> command = new ArrayList<>();
        command.add(launcher().toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MCP_"));
        environment.forEach((name, value) -> {
            if (value == null) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("Run the build first, it makes " + launcher(), e);
        }
    }

    /** Starts a server and waits until it answers {@code /q/health/ready}. */
    RunningServer startReady() {
        RunningServer server = start();
        try {
            return server.awaitReady(Duration.ofSeconds(60));
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    /** Runs a command to its end with nothing on its input; at most five minutes. */
    RunningServer runToEnd() {
        try (RunningServer command = start()) {
            command.closeInput();
            command.awaitExit(Duration.ofMinutes(5));
            return command;
        }
    }

    /** A loopback port that nobody listened on a moment ago, and that no other JVM of the build is given here. */
    static int freePort() {
        int port;
        do {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            // Those that the system gives may be all even or all odd.
        } while (port / 2 % 2 != FORK % 2);
        return port;
    }
}
