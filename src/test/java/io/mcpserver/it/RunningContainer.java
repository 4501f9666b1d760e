package io.mcpserver.it;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A container that was started, and the client of the engine that holds its streams. Closing takes it away. */
final class RunningContainer implements AutoCloseable {

    private static final Duration END = Duration.ofSeconds(60);

    private final Podman podman;
    private final String name;
    private final RunningServer client;

    RunningContainer(Podman podman, String name, RunningServer client) {
        this.podman = podman;
        this.name = name;
        this.client = client;
    }

    URI uri(String path) {
        return client.uri(path);
    }

    /** Its streams, by way of the engine's client. */
    RunningServer streams() {
        return client;
    }

    /** Sends SIGTERM; the exit code, 137 if it had to be killed after 15 s. */
    int stop() {
        podman.output("stop", "--time=15", name);
        return client.awaitExit(END);
    }

    /** Kills it with SIGKILL and waits for its end. */
    void kill() {
        podman.output("kill", "--signal=KILL", name);
        client.awaitExit(END);
    }

    /** Waits until it ends by itself; the exit code. */
    int awaitExit() {
        return client.awaitExit(END);
    }

    /** A value of what the engine knows of it, such as {@code .State.OOMKilled}. */
    String inspect(String value) {
        return podman.output("inspect", "--format={{" + value + "}}", name).strip();
    }

    /** Runs a program in it; what it printed. */
    String exec(String... command) {
        String[] arguments = new String[command.length + 2];
        arguments[0] = "exec";
        arguments[1] = name;
        System.arraycopy(command, 0, arguments, 2, command.length);
        return podman.output(arguments);
    }

    /** Has the kernel end the server rather than another program of the container where memory runs out. */
    void preferAtTheEndOfMemory() throws IOException {
        Files.writeString(Path.of("/proc", inspect(".State.Pid"), "oom_score_adj"), "1000");
    }

    @Override
    public void close() {
        podman.output("rm", "--force", "--time=0", name);
        client.close();
    }
}
