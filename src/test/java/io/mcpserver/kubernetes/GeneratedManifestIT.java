package io.mcpserver.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the build writes to {@code target/kubernetes} says the same as {@code kubernetes/base}. */
@Tag("system")
class GeneratedManifestIT {

    private static Manifests generated;
    private static Manifests committed;

    @BeforeAll
    static void read() {
        generated = Manifests.read(Path.of("target/kubernetes/kubernetes.yml"));
        committed = Manifests.rendered("base");
    }

    @Test
    void namesAndSelectorsAgree() {
        agree(all -> all.only(Deployment.class).getMetadata().getName());
        agree(all -> all.only(Deployment.class).getSpec().getSelector().getMatchLabels());
        agree(all -> all.only(Service.class).getMetadata().getName());
        agree(all -> all.only(Service.class).getSpec().getSelector());
        agree(all -> all.only(ServiceAccount.class).getMetadata().getName());
        agree(all -> pod(all).getServiceAccountName());
        agree(all -> container(all).getName());
    }

    @Test
    void theImageAndItsArgumentsAgree() {
        agree(all -> withoutRegistry(container(all).getImage()));
        agree(all -> container(all).getImagePullPolicy());
        agree(all -> container(all).getArgs());
        assertThat(container(committed).getImage()).isEqualTo("mcp-server:latest");
    }

    @Test
    void portsAgree() {
        agree(all -> container(all).getPorts());
        agree(all -> all.only(Service.class).getSpec().getType());
        agree(all -> all.only(Service.class).getSpec().getPorts().stream()
                .map(port -> List.of(port.getName(), port.getPort(), port.getProtocol()))
                .toList());
        assertThat(generated
                        .only(Service.class)
                        .getSpec()
                        .getPorts()
                        .getFirst()
                        .getTargetPort()
                        .getIntVal())
                .isEqualTo(container(committed).getPorts().getFirst().getContainerPort());
    }

    @Test
    void probesAgree() {
        agree(all -> path(container(all).getStartupProbe()));
        agree(all -> path(container(all).getLivenessProbe()));
        agree(all -> path(container(all).getReadinessProbe()));
    }

    @Test
    void resourcesAndTheUserAgree() {
        agree(all -> container(all).getResources());
        agree(all -> all.only(Deployment.class).getSpec().getReplicas());
        agree(all -> pod(all).getSecurityContext().getRunAsNonRoot());
        agree(all -> pod(all).getSecurityContext().getRunAsUser());
        agree(all -> pod(all).getSecurityContext().getRunAsGroup());
        agree(all -> pod(all).getSecurityContext().getFsGroup());
    }

    private static void agree(Function<Manifests, Object> part) {
        assertThat(part.apply(generated)).isNotNull().isEqualTo(part.apply(committed));
    }

    /** The build puts a registry before the name where none is set. */
    private static String withoutRegistry(String image) {
        return image.substring(image.lastIndexOf('/') + 1);
    }

    private static String path(Probe probe) {
        return probe.getHttpGet().getPath();
    }

    private static PodSpec pod(Manifests manifests) {
        return manifests.only(Deployment.class).getSpec().getTemplate().getSpec();
    }

    private static Container container(Manifests manifests) {
        return pod(manifests).getContainers().getFirst();
    }
}
