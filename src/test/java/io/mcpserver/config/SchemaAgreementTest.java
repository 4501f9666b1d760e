package io.mcpserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** A complete validator of JSON Schema comes to the same verdicts as the small reading that the program uses. */
class SchemaAgreementTest {

    /** What the schema language cannot say, or what is a matter of YAML and not of the schema. */
    private static final Set<String> BEYOND_THE_SCHEMA = Set.of(
            "api-key-twice", "key-twice", "network-impossible", "section-twice", "size-too-large", "size-too-small");

    private static final Path CASES = Path.of("src/test/resources/config/malformed");

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    Path folder;

    static Stream<String> cases() throws IOException {
        return MalformedConfigTest.cases()
                .filter(name -> !BEYOND_THE_SCHEMA.contains(name) && isYaml(CASES.resolve(name + ".yaml")));
    }

    private static boolean isYaml(Path file) {
        try {
            return load(Files.readString(file)) != null;
        } catch (IOException | YamlEngineException | StackOverflowError e) {
            return false;
        }
    }

    private static Object load(String yaml) {
        return new Load(LoadSettings.builder()
                        .setSchema(new CoreSchema())
                        .setMaxAliasesForCollections(0)
                        .build())
                .loadFromString(yaml);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void refusesTheSameFiles(String name) throws IOException {
        String yaml = Files.readString(CASES.resolve(name + ".yaml"));
        boolean refused = !schema().validate(json.writeValueAsString(load(yaml)), InputFormat.JSON)
                .isEmpty();
        assertThat(refused).isEqualTo(load(folder, yaml).valid().isEmpty());
    }

    @Test
    void theSchemaIsASchema() throws IOException {
        Schema meta = registry.getSchema(
                com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(meta.validate(Files.readString(Path.of("src/main/resources/config.schema.json")), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void theShippedFileIsAcceptedAndHoldsTheDefaults() throws IOException {
        String shipped = Files.readString(Path.of("config.yaml"));
        LoadedConfig loaded = load(folder, shipped);
        assertThat(loaded.problems()).isEmpty();
        assertThat(schema().validate(json.writeValueAsString(load(shipped)), InputFormat.JSON))
                .isEmpty();
        ServerConfig defaults = load(folder, "").valid().orElseThrow();
        assertThat(loaded.valid()).contains(defaults);
    }

    @Test
    void theShippedFileNamesEveryKey() throws IOException {
        String shipped = Files.readString(Path.of("config.yaml"));
        assertThat(ConfigSchema.load().keys())
                .allSatisfy(key -> assertThat(shipped).contains(key.name() + ":"));
    }

    private Schema schema() throws IOException {
        return registry.getSchema(Files.readString(Path.of("src/main/resources/config.schema.json")));
    }

    private static LoadedConfig load(Path folder, String yaml) throws IOException {
        Files.writeString(folder.resolve("config.yaml"), yaml);
        return new ConfigLoader(ConfigSchema.load())
                .load(new ConfigRequest(Optional.of("config.yaml"), List.of(), Map.of(), folder, folder));
    }
}
