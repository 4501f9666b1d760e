package io.mcpserver.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The alert rules in {@code kubernetes/overlays/monitoring}. */
public record AlertRules(PrometheusRule manifest) {

    static final Path FILE = Path.of("kubernetes/overlays/monitoring/alerts.yaml");

    public static AlertRules read() {
        return new AlertRules(Manifests.read(FILE).only(PrometheusRule.class));
    }

    /** Writes them as a file for Prometheus itself. */
    void write(Path file) throws IOException {
        new ObjectMapper().writeValue(file.toFile(), manifest.getSpec());
    }

    List<Rule> rules() {
        return manifest.getSpec().getGroups().stream()
                .flatMap(group -> group.getRules().stream())
                .toList();
    }

    /** What they ask. */
    public List<Query> queries() {
        return rules().stream()
                .map(rule -> new Query(rule.getAlert(), rule.getExpr().getStrVal()))
                .toList();
    }
}
