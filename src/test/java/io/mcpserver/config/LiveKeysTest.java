package io.mcpserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LiveKeysTest {

    private final ConfigSchema schema = ConfigSchema.load();

    @Test
    void everyLiveKeyHasATestOfItsEffectAndNoOtherKeyHas() {
        Set<String> live = Stream.concat(
                        schema.keys().stream(),
                        schema.sections().values().stream()
                                .filter(section -> section.entries().isPresent()))
                .filter(KeySchema::live)
                .map(KeySchema::path)
                .collect(Collectors.toSet());
        Set<String> tested = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS).importPackages("io.mcpserver").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(LiveKey.class))
                        .flatMap(method -> Arrays.stream(
                                method.getAnnotationOfType(LiveKey.class).value()))
                        .collect(Collectors.toSet());

        assertThat(tested).isEqualTo(live);
    }

    @Test
    void aKeyIsStaticUnlessTheSchemaSaysOtherwise() {
        assertThat(schema.keys().stream().filter(key -> !key.live()).map(KeySchema::path))
                .contains("transport.host", "transport.port", "storage.path", "security.secret");
        assertThat(KeySchema.of("new.key", java.util.Map.of("type", "boolean")).live())
                .isFalse();
    }
}
