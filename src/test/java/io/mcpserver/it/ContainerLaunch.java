package io.mcpserver.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How one container of the image is to be run: as hard as the manifests say, with the limits of a small pod, its data in
 * a folder or volume that outlives it.
 */
final class ContainerLaunch {

    private static final List<String> HARDENED = List.of(
            "--read-only",
            "--tmpfs=/tmp:rw,size=64m",
            "--cap-drop=ALL",
            "--security-opt=no-new-privileges",
            "--user=10001");

    private final Podman podman;
    private final String name;
    private final List<String> options = new ArrayList<>(HARDENED);
    private final List<String> arguments = new ArrayList<>();

    ContainerLaunch(Podman podman, String name) {
        this.podman = podman;
        this.name = name;
    }

    ContainerLaunch volume(String source, String path) {
        options.add("--volume=" + source + ":" + path);
        return this;
    }

    ContainerLaunch file(Path file, String path) {
        options.add("--volume=" + file + ":" + path + ":ro");
        return this;
    }

    ContainerLaunch env(String variable, String value) {
        options.add("--env=" + variable + "=" + value);
        return this;
    }

    ContainerLaunch removedAtItsEnd() {
        options.add("--rm");
        return this;
    }

    ContainerLaunch args(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    /** What runs the container in the foreground, its standard streams those of the caller. */
    List<String> command() {
        List<String> command = new ArrayList<>(List.of("run", "--interactive", "--cpus=0.5"));
        command.addAll(List.of("--memory=512m", "--memory-swap=512m"));
        command.addAll(options);
        command.add(Podman.IMAGE);
        command.addAll(arguments);
        return command;
    }

    /** Serves {@code sse} or {@code http-stream} on port 8000 of the container, and on a free loopback port here. */
    RunningContainer serving(String transport) {
        int port = ServerLaunch.freePort();
        options.add("--publish=127.0.0.1:" + port + ":8000");
        args("--transport", transport, "--port", "8000");
        return start(port);
    }

    /** Serves its standard streams. */
    RunningContainer overStdio() {
        args("--transport", "stdio");
        return start(0);
    }

    private RunningContainer start(int port) {
        options.add("--name=" + name);
        RunningServer client = new RunningServer(podman.start(command()), port);
        RunningContainer container = new RunningContainer(podman, name, client);
        if (port != 0) {
            try {
                client.awaitReady(Duration.ofMinutes(1));
            } catch (RuntimeException | Error e) {
                container.close();
                throw e;
            }
        }
        return container;
    }
}
