package io.mcpserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every configuration in {@code config/malformed} is answered with exactly the text beside it. A line
 * {@code # environment: NAME=VALUE} or {@code # flag: --NAME=VALUE} sets one for the case. After a change of words,
 * {@code -Dgolden=write} writes the texts anew; read them before they are committed.
 */
class MalformedConfigTest {

    private static final Path CASES = Path.of("src/test/resources/config/malformed");
    private static final Map<String, String> KEYS_OF_FLAGS =
            Map.of("--port", "transport.port", "--transport", "transport.type", "--log-level", "logging.level");

    @TempDir
    Path folder;

    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - ".yaml".length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isAnsweredWithTheTextBesideIt(String name) throws IOException {
        byte[] yaml = Files.readAllBytes(CASES.resolve(name + ".yaml"));
        Files.write(folder.resolve("config.yaml"), yaml);

        LoadedConfig loaded = new ConfigLoader(ConfigSchema.load()).load(request(yaml));

        String said = loaded.problems().stream()
                .map(problem -> problem.render() + "\n")
                .collect(Collectors.joining());
        Path golden = CASES.resolve(name + ".txt");
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(golden, said);
        }
        assertThat(said).isNotEmpty().isEqualTo(Files.readString(golden));
        assertThat(loaded.valid().isEmpty())
                .isEqualTo(loaded.problems().stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR));
    }

    private ConfigRequest request(byte[] yaml) {
        Map<String, String> environment = new HashMap<>();
        List<FlagValue> flags = new ArrayList<>();
        new String(yaml, StandardCharsets.ISO_8859_1).lines().forEach(line -> {
            String[] setting = line.substring(line.indexOf(' ', 2) + 1).split("=", 2);
            if (line.startsWith("# environment: ")) {
                environment.put(setting[0], setting[1]);
            } else if (line.startsWith("# flag: ")) {
                flags.add(new FlagValue(setting[0], KEYS_OF_FLAGS.get(setting[0]), setting[1]));
            }
        });
        return new ConfigRequest(Optional.of("config.yaml"), flags, environment, folder, folder);
    }
}
