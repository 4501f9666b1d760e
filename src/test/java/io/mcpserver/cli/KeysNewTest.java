package io.mcpserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.ConfigLoader;
import io.mcpserver.config.ConfigRequest;
import io.mcpserver.config.ConfigSchema;
import io.mcpserver.security.ApiKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysNewTest {

    @Test
    void printsAKeyThatItsHashLetsIn() {
        CommandRun run = CommandRun.of("keys", "new", "--name", "laptop");
        String key = word(run, "mcp_");
        String hash = run.out()
                .substring(run.out().indexOf("sha256: \"") + 9, run.out().lastIndexOf('"'));
        assertThat(key).matches("mcp_[A-Za-z0-9_-]{43}");
        assertThat(new ApiKeys(Map.of("laptop", hash)).authenticate("Bearer " + key))
                .isPresent();
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void printsWhatConfigYamlAccepts(@TempDir Path folder) throws Exception {
        String out = CommandRun.of("keys", "new").out();
        Path file = Files.writeString(folder.resolve("config.yaml"), out.substring(out.indexOf("security:")));
        assertThat(CommandRun.of("validate-config", "--config", file.toString()).exitCode())
                .isZero();
    }

    @Test
    void anAdminKeyIsOneForTheConfigurationToo(@TempDir Path folder) throws Exception {
        String out =
                CommandRun.of("keys", "new", "--name", "operator", "--admin").out();
        Path file = Files.writeString(folder.resolve("config.yaml"), out.substring(out.indexOf("security:")));
        assertThat(new ConfigLoader(ConfigSchema.load())
                        .load(ConfigRequest.ofProcess(Optional.of(file.toString()), List.of()))
                        .valid()
                        .orElseThrow()
                        .security()
                        .admins())
                .containsExactly("operator");
    }

    @Test
    void neverPrintsTheSameKeyTwice() {
        assertThat(word(CommandRun.of("keys", "new"), "mcp_")).isNotEqualTo(word(CommandRun.of("keys", "new"), "mcp_"));
    }

    private static String word(CommandRun run, String beginning) {
        return run.out()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }
}
