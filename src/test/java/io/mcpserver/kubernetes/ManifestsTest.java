package io.mcpserver.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What would be applied fits together and is as safe as it is meant to be. */
@Tag("system")
class ManifestsTest {

    private static final long USER = 10001;
    private static final String HOSTS = "MCP_TRANSPORT_ALLOWED_HOSTS";

    /** The server lets calls end for 8 s and is gone after 10 s. */
    private static final long ENDED_SECONDS = 10;

    private static Manifests base;
    private static Manifests single;
    private static Manifests monitoring;

    @BeforeAll
    static void render() {
        base = Manifests.rendered("base");
        single = Manifests.rendered("overlays/single");
        monitoring = Manifests.rendered("overlays/monitoring");
    }

    static List<String> folders() throws Exception {
        return Manifests.folders();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyFolderIsRenderedAndHasOnlyFieldsThatExist(String folder) {
        assertThat(Manifests.rendered(folder).all()).isNotEmpty().allSatisfy(manifest -> {
            assertThat(manifest.getMetadata().getName()).startsWith("mcp-server");
            assertThat(manifest.getMetadata().getNamespace()).isNull();
            assertThat(manifest.getMetadata().getLabels()).containsEntry("app.kubernetes.io/name", "mcp-server");
        });
    }

    @Test
    void theFoldersAreThoseThatAreTested() throws Exception {
        assertThat(folders()).containsExactly("base", "overlays/monitoring", "overlays/single");
    }

    @Test
    void selectorsFindThePodsOfEveryVersion() {
        PodTemplateSpec pod = single.only(Deployment.class).getSpec().getTemplate();
        assertThat(selectors()).hasSizeGreaterThanOrEqualTo(5).allSatisfy(selector -> assertThat(
                        pod.getMetadata().getLabels())
                .containsAllEntriesOf(selector)
                .isNotEmpty());
        assertThat(selectors())
                .allSatisfy(
                        selector -> assertThat(selector).isNotEmpty().doesNotContainKey("app.kubernetes.io/version"));
        assertThat(single.only(Service.class).getMetadata().getLabels())
                .containsAllEntriesOf(monitoring
                        .only(ServiceMonitor.class)
                        .getSpec()
                        .getSelector()
                        .getMatchLabels());
    }

    private static List<Map<String, String>> selectors() {
        return Stream.of(
                        Stream.of(base, single).map(all -> all.only(Deployment.class)
                                .getSpec()
                                .getSelector()
                                .getMatchLabels()),
                        Stream.of(single.only(Service.class).getSpec().getSelector()),
                        Stream.of(single, monitoring)
                                .flatMap(all -> all.every(NetworkPolicy.class).stream())
                                .map(policy -> policy.getSpec().getPodSelector().getMatchLabels()))
                .flatMap(Function.identity())
                .toList();
    }

    @Test
    void portsLeadFromTheIngressToTheContainer() {
        ContainerPort container = container(single).getPorts().getFirst();
        assertThat(container.getContainerPort()).isEqualTo(8000);

        ServicePort service = single.only(Service.class).getSpec().getPorts().getFirst();
        assertThat(service.getPort()).isEqualTo(80);
        assertThat(service.getTargetPort().getStrVal()).isEqualTo(container.getName());

        assertThat(single.only(Ingress.class).getSpec().getRules())
                .flatExtracting(rule -> rule.getHttp().getPaths())
                .isNotEmpty()
                .allSatisfy(path -> {
                    assertThat(path.getBackend().getService().getName())
                            .isEqualTo(single.only(Service.class).getMetadata().getName());
                    assertThat(path.getBackend().getService().getPort().getName())
                            .isEqualTo(service.getName());
                    assertThat(path.getPath()).doesNotStartWith("/q").isNotEqualTo("/");
                });
        assertThat(monitoring.only(ServiceMonitor.class).getSpec().getEndpoints())
                .singleElement()
                .satisfies(endpoint -> assertThat(endpoint.getPort()).isEqualTo(service.getName()));
        assertThat(Stream.of(single, monitoring).flatMap(all -> all.every(NetworkPolicy.class).stream()))
                .flatExtracting(policy -> policy.getSpec().getIngress())
                .flatExtracting(rule -> rule.getPorts())
                .isNotEmpty()
                .allSatisfy(port -> assertThat(port.getPort().getStrVal()).isEqualTo(container.getName()));
    }

    @Test
    void whatIsMountedExists() {
        PodSpec pod = pod(single);
        Map<String, Volume> volumes =
                pod.getVolumes().stream().collect(Collectors.toMap(Volume::getName, Function.identity()));
        assertThat(container(single).getVolumeMounts())
                .extracting(VolumeMount::getName)
                .containsExactlyInAnyOrderElementsOf(volumes.keySet());
        assertThat(container(single).getVolumeMounts())
                .as("a single file would never see a change of the ConfigMap")
                .allSatisfy(mount -> assertThat(mount.getSubPath()).isNull());

        assertThat(volumes.get("config").getConfigMap().getName())
                .isEqualTo(single.only(ConfigMap.class).getMetadata().getName());
        assertThat(volumes.get("config").getConfigMap().getDefaultMode() & 0444)
                .as("readable by everyone")
                .isEqualTo(0444);
        assertThat(volumes.get("data").getEmptyDir()).isNull();
        assertThat(volumes.get("data").getPersistentVolumeClaim().getClaimName())
                .isEqualTo(
                        single.only(PersistentVolumeClaim.class).getMetadata().getName());
        assertThat(volumes.get("tmp").getEmptyDir().getSizeLimit()).isNotNull();
        assertThat(single.only(PersistentVolumeClaim.class)
                        .getSpec()
                        .getResources()
                        .getRequests())
                .containsEntry("storage", new Quantity("1Gi"));
        assertThat(pod.getServiceAccountName())
                .isEqualTo(single.only(ServiceAccount.class).getMetadata().getName());
    }

    @Test
    void theConfigurationIsTheFileThatIsStartedInATest() throws Exception {
        assertThat(single.only(ConfigMap.class).getData())
                .containsExactly(
                        Map.entry("config.yaml", Files.readString(Path.of("kubernetes", "base", "config.yaml"))));
        assertThat(container(single).getArgs())
                .containsSequence("--config", "/app/config/config.yaml")
                .containsSequence("--transport", "http-stream");
        assertThat(mounted("config")).isEqualTo("/app/config");
        assertThat(mounted("tmp")).isEqualTo("/tmp");
    }

    @Test
    void theConfigurationFitsWhatIsAroundIt() throws Exception {
        JsonNode configuration = new ObjectMapper(new YAMLFactory())
                .readTree(single.only(ConfigMap.class).getData().get("config.yaml"));
        assertThat(configuration.at("/transport/port").asInt())
                .isEqualTo(container(single).getPorts().getFirst().getContainerPort());
        assertThat(configuration.at("/storage/path").asText()).isEqualTo(mounted("data"));
        assertThat(configuration.at("/transport/allowed_hosts").isMissingNode())
                .as("the environment wins, so nothing may stand in the file")
                .isTrue();
    }

    @Test
    void theNamesThatAreLetInAreThoseOfTheServiceTheIngressAndThePod() {
        assertThat(variables(base).get(HOSTS).getValue().split(","))
                .containsExactlyInAnyOrder("mcp-server", "$(POD_IP)", "[$(POD_IP)]");
        assertThat(variables(single).get(HOSTS).getValue().split(","))
                .containsAll(single.only(Ingress.class).getSpec().getRules().stream()
                        .map(rule -> rule.getHost())
                        .toList())
                .contains(single.only(Service.class).getMetadata().getName())
                .contains(variables(base).get(HOSTS).getValue().split(","));
        assertThat(variables(single).get("POD_IP").getValueFrom().getFieldRef().getFieldPath())
                .isEqualTo("status.podIP");
        List<String> order =
                container(single).getEnv().stream().map(EnvVar::getName).toList();
        assertThat(order.indexOf("POD_IP"))
                .as("only what stands before is filled in")
                .isLessThan(order.indexOf(HOSTS));
    }

    private static Map<String, EnvVar> variables(Manifests manifests) {
        return container(manifests).getEnv().stream().collect(Collectors.toMap(EnvVar::getName, Function.identity()));
    }

    private static String mounted(String volume) {
        return container(single).getVolumeMounts().stream()
                .filter(mount -> mount.getName().equals(volume))
                .map(VolumeMount::getMountPath)
                .collect(Collectors.joining());
    }

    @Test
    void thePodHasNoRightThatItDoesNotNeed() {
        PodSpec pod = pod(single);
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(USER);
        assertThat(pod.getSecurityContext().getRunAsGroup()).isEqualTo(USER);
        assertThat(pod.getSecurityContext().getFsGroup()).isEqualTo(USER);
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(single.only(ServiceAccount.class).getAutomountServiceAccountToken())
                .isFalse();
        assertThat(pod.getContainers()).singleElement().satisfies(container -> {
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(container.getSecurityContext().getCapabilities().getAdd())
                    .isNullOrEmpty();
        });
        assertThat(single.every(NetworkPolicy.class)).anySatisfy(policy -> {
            assertThat(policy.getSpec().getPolicyTypes()).contains("Ingress", "Egress");
            assertThat(policy.getSpec().getEgress()).isNullOrEmpty();
        });
    }

    /** Variables such as MCP_SERVER_PORT=tcp://10.0.0.1:80, which a Service called mcp-server brings. */
    @Test
    void theClusterSetsNoVariableThatTheServerTakesForItsOwn() {
        assertThat(pod(single).getEnableServiceLinks()).isFalse();
    }

    @Test
    void limitsAreThoseThatArePromised() {
        assertThat(container(single).getResources().getRequests())
                .containsEntry("memory", new Quantity("256Mi"))
                .containsEntry("cpu", new Quantity("250m"));
        assertThat(container(single).getResources().getLimits())
                .containsEntry("memory", new Quantity("512Mi"))
                .containsEntry("cpu", new Quantity("500m"));
    }

    @Test
    void probesAskForTheirOwnThing() {
        Container container = container(single);
        assertThat(path(container.getStartupProbe())).isEqualTo("/q/health/started");
        assertThat(path(container.getLivenessProbe())).isEqualTo("/q/health/live");
        assertThat(path(container.getReadinessProbe())).isEqualTo("/q/health/ready");
    }

    private static String path(Probe probe) {
        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
        return probe.getHttpGet().getPath();
    }

    @Test
    void anEmbeddedEngineHasOneProcessWhichHasTheTimeToEnd() {
        Deployment deployment = single.only(Deployment.class);
        assertThat(deployment.getSpec().getReplicas()).isEqualTo(1);
        assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("Recreate");
        assertThat(pod(single).getTerminationGracePeriodSeconds()).isGreaterThan(ENDED_SECONDS);
    }

    @Test
    void aBaseForReplicasKeepsNothingAndDeclaresNoStrategy() {
        assertThat(base.only(Deployment.class).getSpec().getStrategy()).isNull();
        assertThat(pod(base).getVolumes())
                .filteredOn(volume -> volume.getName().equals("data"))
                .singleElement()
                .satisfies(data -> assertThat(data.getEmptyDir()).isNotNull());
        assertThat(base.every(Ingress.class)).isEmpty();
    }

    @Test
    void keysComeFromASecretThatIsNotInTheRepository() {
        Map<String, EnvVar> variables = variables(single);
        assertThat(variables
                        .get("MCP_SECURITY_API_KEYS")
                        .getValueFrom()
                        .getSecretKeyRef()
                        .getOptional())
                .as("no pod without a key")
                .isNotEqualTo(true);
        assertThat(variables
                        .get("MCP_SECURITY_SECRET")
                        .getValueFrom()
                        .getSecretKeyRef()
                        .getOptional())
                .isTrue();
        assertThat(container(single).getArgs()).contains("--prod");
        assertThat(Stream.of(base, single, monitoring).flatMap(all -> all.all().stream()))
                .extracting(HasMetadata::getKind)
                .doesNotContain("Secret");
    }

    @Test
    void theIngressHasTlsForItsHostsAndHoldsNoEventBack() {
        Ingress ingress = single.only(Ingress.class);
        Set<String> hosts = ingress.getSpec().getRules().stream()
                .map(rule -> rule.getHost())
                .collect(Collectors.toSet());
        assertThat(ingress.getSpec().getTls())
                .flatExtracting(tls -> tls.getHosts())
                .containsExactlyElementsOf(hosts);
        Map<String, String> annotations = ingress.getMetadata().getAnnotations();
        assertThat(annotations)
                .containsKey("cert-manager.io/cluster-issuer")
                .containsEntry("nginx.ingress.kubernetes.io/proxy-buffering", "off")
                .containsEntry("nginx.ingress.kubernetes.io/proxy-body-size", "10m");
        assertThat(Integer.parseInt(annotations.get("nginx.ingress.kubernetes.io/proxy-read-timeout")))
                .isGreaterThan(60);
    }

    private static PodSpec pod(Manifests manifests) {
        return manifests.only(Deployment.class).getSpec().getTemplate().getSpec();
    }

    private static Container container(Manifests manifests) {
        return pod(manifests).getContainers().getFirst();
    }
}
