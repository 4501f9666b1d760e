package io.mcpserver.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Service;
import org.junit.jupiter.api.Test;

/** The loader that the other tests trust finds what is wrong. */
class ManifestsLoadingTest {

    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: a, labels: {b: c}}
            spec: {ports: [{port: 80, targetPort: http}], selector: {d: e}}
            """;

    @Test
    void whatIsRightIsLoaded() {
        assertThat(Manifests.parsed(SERVICE).only(Service.class).getSpec().getSelector())
                .containsEntry("d", "e");
    }

    @Test
    void aFieldThatTheTypeDoesNotHaveIsNamedWithItsPlace() {
        assertThatThrownBy(() -> Manifests.parsed(SERVICE.replace("targetPort", "targetport")))
                .hasMessage("v1/Service has no [spec.ports.targetport]");
        assertThatThrownBy(() -> Manifests.parsed(SERVICE.replace("labels", "lables")))
                .hasMessage("v1/Service has no [metadata.lables]");
    }

    @Test
    void aValueOfTheWrongTypeFails() {
        assertThatThrownBy(() -> Manifests.parsed(SERVICE.replace("port: 80", "port: http")))
                .hasMessageContaining("http");
    }

    @Test
    void aKindThatIsNotExpectedFails() {
        assertThatThrownBy(() -> Manifests.parsed(SERVICE.replace("kind: Service", "kind: Servise")))
                .hasMessageContaining("v1/Servise");
    }
}
