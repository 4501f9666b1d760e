package io.mcpserver.it;

import io.mcpserver.kubernetes.SystemProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The container engine of these tests, run as root and set up so that it needs no service of the system. */
final class Podman {

    /** The image that the build made. */
    static final Path ARCHIVE = Path.of("target", "mcp-server-image.tar").toAbsolutePath();

    static final String IMAGE = "localhost/mcp-server:latest";

    /** With cgroups of both versions, and without systemd. */
    private static final String SETTINGS = """
            [containers]
            default_ulimits=["nofile=%1$s:%1$s","nproc=32768:32768"]
            [engine]
            runtime="runc"
            cgroup_manager="cgroupfs"
            events_logger="file"
            """;

    private static final long LONGEST_MINUTES = 5;

    private static final AtomicBoolean LOADED = new AtomicBoolean();

    private final Path settings;

    /** @param directory of the test, for the settings of the engine */
    Podman(Path directory) {
        settings = directory.resolve("containers.conf");
        try {
            Files.writeString(settings, settings());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The settings under which the engine needs no service of the system, in the format of {@code containers.conf}. */
    static String settings() {
        return SETTINGS.formatted(
                SystemProgram.run("sh", "-c", "ulimit -Hn").orFail().strip());
    }

    /** Whether the build made an image. */
    static boolean hasImage() {
        return Files.exists(ARCHIVE);
    }

    /** Makes the image of the build known to the engine, under {@link #IMAGE}; the engine keeps it for later tests. */
    Podman load() {
        if (!LOADED.getAndSet(true)) {
            output("load", "--quiet", "--input", ARCHIVE.toString());
        }
        return this;
    }

    /** Runs a command of the engine to its end; what it printed. */
    String output(String... arguments) {
        return run(command(List.of(arguments)));
    }

    /** Starts a command of the engine, such as {@code run}, and returns at once. */
    Process start(List<String> arguments) {
        try {
            return builder(command(arguments)).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The variables that whoever starts the engine must set. */
    Map<String, String> environment() {
        return Map.of("CONTAINERS_CONF", settings.toString());
    }

    static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("podman"));
        command.addAll(arguments);
        return command;
    }

    /** Runs a program with these settings to its end; what it printed on both streams. */
    String run(List<String> command) {
        try {
            Process process = builder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new AssertionError(command + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("MCP_"));
        builder.environment().putAll(environment());
        // What watches a container leaves a file in the current directory when its memory ran out.
        builder.directory(settings.getParent().toFile());
        return builder;
    }
}
