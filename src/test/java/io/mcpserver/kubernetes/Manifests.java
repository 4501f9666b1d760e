package io.mcpserver.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Manifests as objects of their types; a kind that is not expected, a field that its type does not have and a value of
 * the wrong type fail.
 */
public final class Manifests {

    private static final Path ROOT = Path.of("kubernetes");

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "v1/Secret", Secret.class,
            "v1/ConfigMap", ConfigMap.class,
            "v1/PersistentVolumeClaim", PersistentVolumeClaim.class,
            "v1/Service", Service.class,
            "v1/ServiceAccount", ServiceAccount.class,
            "apps/v1/Deployment", Deployment.class,
            "networking.k8s.io/v1/Ingress", Ingress.class,
            "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class,
            "monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class,
            "monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class);

    private final List<HasMetadata> all;

    private Manifests(List<HasMetadata> all) {
        this.all = List.copyOf(all);
    }

    /** The folders that can be applied, such as {@code base} and {@code overlays/single}. */
    static List<String> folders() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.endsWith("kustomization.yaml"))
                    .map(file -> ROOT.relativize(file.getParent()).toString())
                    .sorted()
                    .toList();
        }
    }

    /** What {@code kubectl apply -k} would apply. */
    public static Manifests rendered(String folder) {
        return parsed(text(folder));
    }

    /** The same, as YAML. */
    public static String text(String folder) {
        return SystemProgram.run("kubectl", "kustomize", ROOT.resolve(folder).toString())
                .orFail();
    }

    /** One file as it is, without what kustomize makes of it. */
    public static Manifests read(Path file) {
        try {
            return parsed(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Run the build first, it makes " + file, e);
        }
    }

    static Manifests parsed(String yaml) {
        List<HasMetadata> typed = new ArrayList<>();
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
            typed.add(typed((Map<?, ?>) document));
        }
        return new Manifests(typed);
    }

    private static HasMetadata typed(Map<?, ?> document) {
        String kind = document.get("apiVersion") + "/" + document.get("kind");
        Class<? extends HasMetadata> type = KINDS.get(kind);
        if (type == null) {
            throw new AssertionError("No type is known for " + kind);
        }
        HasMetadata typed = JSON.convertValue(document, type);
        List<String> unknown = UnknownFields.of(typed);
        if (!unknown.isEmpty()) {
            throw new AssertionError(kind + " has no " + unknown);
        }
        return typed;
    }

    public List<HasMetadata> all() {
        return all;
    }

    public <T extends HasMetadata> List<T> every(Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public <T extends HasMetadata> T only(Class<T> type) {
        List<T> found = every(type);
        if (found.size() != 1) {
            throw new AssertionError("One " + type.getSimpleName() + " was expected, not " + found.size());
        }
        return found.getFirst();
    }
}
