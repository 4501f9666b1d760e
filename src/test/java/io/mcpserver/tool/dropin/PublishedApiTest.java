package io.mcpserver.tool.dropin;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What authors compile against is small, whole, and made of nothing but the JDK. */
class PublishedApiTest {

    private static final Path CLASSES = Path.of("target/classes/io/mcpserver/tool/api");

    @Test
    void itNamesNothingButTheJdk() {
        classes()
                .that()
                .resideInAPackage("io.mcpserver.tool.api")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "io.mcpserver.tool.api")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.mcpserver.tool.api"));
    }

    @Test
    void everyClassOfItIsShownToTheCompilerAndToToolFiles() throws IOException {
        try (Stream<Path> files = Files.list(CLASSES)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".class", ""))
                            .filter(name -> !name.equals("package-info")))
                    .containsExactlyInAnyOrderElementsOf(ApiClasses.NAMES);
        }
    }
}
