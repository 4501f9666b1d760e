package io.mcpserver.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code kubernetes/README.md} tells people to do fits the manifests. */
@Tag("system")
class ReadmeTest {

    private static final Path PAGE = Path.of("kubernetes/README.md");
    private static final Pattern CREATE = Pattern.compile("^kubectl -n mcp create secret .*$", Pattern.MULTILINE);
    private static final Pattern APPLY =
            Pattern.compile("^kubectl apply -n mcp -k kubernetes/(\\S+)$", Pattern.MULTILINE);

    @Test
    void itsCommandsMakeTheSecretsThatAreAskedFor() throws Exception {
        Map<String, Secret> made = commands(CREATE).stream()
                .map(MatchResult::group)
                .map(command -> Manifests.parsed(SystemProgram.run("sh", "-c", command + " --dry-run=client -o yaml")
                                .orFail())
                        .only(Secret.class))
                .collect(Collectors.toMap(secret -> secret.getMetadata().getName(), Function.identity()));

        Set<String> asked = new TreeSet<>();
        List<EnvVar> variables = Manifests.rendered("overlays/single")
                .only(Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getEnv();
        variables.stream()
                .filter(variable -> variable.getValueFrom() != null)
                .map(variable -> variable.getValueFrom().getSecretKeyRef())
                .filter(reference -> reference != null)
                .forEach(reference -> asked.add(key(reference)));
        asked.add(key(Manifests.rendered("overlays/monitoring")
                .only(ServiceMonitor.class)
                .getSpec()
                .getEndpoints()
                .getFirst()
                .getAuthorization()
                .getCredentials()));

        assertThat(made.values().stream().flatMap(secret -> secret.getData().keySet().stream()
                        .map(key -> secret.getMetadata().getName() + "/" + key)))
                .containsExactlyInAnyOrderElementsOf(asked);
    }

    @Test
    void whatItAppliesCanBeApplied() throws Exception {
        assertThat(commands(APPLY))
                .extracting(found -> found.group(1))
                .isSubsetOf(Manifests.folders())
                .contains("overlays/single", "overlays/monitoring");
    }

    private static String key(SecretKeySelector reference) {
        return reference.getName() + "/" + reference.getKey();
    }

    private static List<MatchResult> commands(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(PAGE).replaceAll("\\\\\n *", ""))
                .results()
                .toList();
    }
}
