package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.kubernetes.SystemProgram;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The overlay {@code single}, run by {@code podman play kube} with an image that podman has.
 *
 * <p>Containers, volumes and secrets are in a store of the test's own; the image is read from podman's. The network is
 * the machine's, on loopback. Podman cannot probe an image without a shell and knows no address of a pod, so probes are
 * left out and the address is one that the test makes up.
 */
final class PodmanPod implements AutoCloseable {

    /** What the server takes for the address of its pod. */
    static final String ADDRESS = "10.0.0.7";

    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final Path OVERLAY = Path.of("kubernetes/overlays/single");
    private static final String POD = "mcp-server-pod-0";
    private static final String CONTAINER = POD + "-mcp-server";

    private static final String STORE = """
            [storage]
            driver = "overlay"
            runroot = "%1$s/run"
            graphroot = "%1$s/root"
            [storage.options]
            additionalimagestores = ["%2$s"]
            """;

    private static final String KUSTOMIZATION = """
            resources: ["%s"]
            images: [{name: mcp-server, newName: "%s", newTag: "%s"}]
            patches:
              - target: {kind: Deployment}
                patch: |-
                  apiVersion: apps/v1
                  kind: Deployment
                  metadata: {name: mcp-server}
                  spec:
                    template:
                      spec:
                        hostNetwork: true
                        containers:
                          - name: mcp-server
                            ports: null
                            startupProbe: null
                            livenessProbe: null
                            readinessProbe: null
                            env:
                              - {name: POD_IP, value: "%4$s", valueFrom: null}
                              - {name: MCP_TRANSPORT_ALLOWED_HOSTS, value: "mcp-server,%4$s"}
                              - {name: MCP_HOST, value: 127.0.0.1}
                              - {name: MCP_PORT, value: "%5$d"}
            """;

    private final Path folder;
    private final int port = ServerLaunch.freePort();

    private PodmanPod(Path folder) {
        this.folder = folder;
    }

    /**
     * Starts a pod that is running when this returns.
     *
     * @param image name and tag
     * @param key that the Secret holds
     */
    static PodmanPod play(String image, ApiKey key, Path directory) throws IOException {
        PodmanPod pod = new PodmanPod(directory.toRealPath());
        pod.configure();
        pod.secret(key);
        Path manifests = Files.writeString(pod.folder.resolve("manifests.yaml"), pod.rendered(image));
        pod.podman("play", "kube", manifests.toString());
        return pod;
    }

    private void configure() throws IOException {
        String store = SystemProgram.run("podman", "info", "--format", "{{.Store.GraphRoot}}")
                .orFail()
                .strip();
        Files.writeString(folder.resolve("containers.conf"), Podman.settings());
        Files.writeString(folder.resolve("storage.conf"), STORE.formatted(folder, store));
    }

    /** As podman wants a secret from which variables come. */
    private void secret(ApiKey key) throws IOException {
        String listed = Base64.getEncoder().encodeToString(key.listed().getBytes(StandardCharsets.UTF_8));
        Path file = Files.writeString(folder.resolve("secret.json"), "{\"api-keys\": \"" + listed + "\"}");
        podman("secret", "create", "mcp-server", file.toString());
    }

    private String rendered(String image) throws IOException {
        int colon = image.lastIndexOf(':');
        assertThat(colon).as("test.image has a tag").isGreaterThan(image.lastIndexOf('/'));
        Path overlay = Files.createDirectories(folder.resolve("overlay"));
        Files.writeString(
                overlay.resolve("kustomization.yaml"),
                KUSTOMIZATION.formatted(
                        overlay.relativize(OVERLAY.toRealPath()),
                        image.substring(0, colon),
                        image.substring(colon + 1),
                        ADDRESS,
                        port));
        return SystemProgram.run("kubectl", "kustomize", overlay.toString()).orFail();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** What podman knows of the container, by a template such as {@code {{.Config.User}}}. */
    String inspect(String template) {
        return podman("inspect", CONTAINER, "--format", template).strip();
    }

    /** Ends the container within the pod's grace and returns its exit code. */
    int stop(Duration grace) {
        podman("pod", "stop", "--time", Long.toString(grace.toSeconds()), POD);
        awaitEndOfWatchers();
        return Integer.parseInt(inspect("{{.State.ExitCode}}"));
    }

    /** Whoever watches a container stops its pod after it, also when the pod was started again meanwhile. */
    private void awaitEndOfWatchers() {
        String store = folder.resolve("root").toString();
        Awaitility.await("the end of what watches the containers")
                .atMost(A_MINUTE)
                .until(() -> ProcessHandle.allProcesses()
                        .noneMatch(process ->
                                process.info().commandLine().orElse("").contains(store)));
    }

    void start() {
        podman("pod", "start", POD);
    }

    /** What the container has said so far. */
    String log() {
        return podman("logs", CONTAINER);
    }

    @Override
    public void close() {
        podman("pod", "rm", "--all", "--force");
        podman("volume", "rm", "--all", "--force");
    }

    private String podman(String... arguments) {
        Stream<String> command = Stream.concat(
                Stream.of(
                        "env",
                        "CONTAINERS_CONF=" + folder.resolve("containers.conf"),
                        "CONTAINERS_STORAGE_CONF=" + folder.resolve("storage.conf"),
                        "podman"),
                List.of(arguments).stream());
        return SystemProgram.run(command.toArray(String[]::new)).orFail();
    }
}
