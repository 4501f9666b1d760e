package io.mcpserver;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the layers that docs/architecture.md draws. */
class ArchitectureTest {

    private static final Path SOURCES = Path.of("src/main/java");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.mcpserver");

    @Test
    void importsRunDownwardsOnly() {
        ArchRule layers = layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.mcpserver..")
                .layer("Base")
                .definedBy("io.mcpserver.config", "io.mcpserver.error")
                .layer("SPI")
                .definedBy(
                        "io.mcpserver.storage",
                        "io.mcpserver.storage.search",
                        "io.mcpserver.embedding",
                        "io.mcpserver.cache")
                .layer("Threads")
                .definedBy("io.mcpserver.storage.thread..")
                .layer("Journal")
                .definedBy("io.mcpserver.storage.journal..")
                .layer("Engines")
                .definedBy(
                        "io.mcpserver.storage.duckdb..",
                        "io.mcpserver.storage.lancedb..",
                        "io.mcpserver.storage.tinydb..",
                        "io.mcpserver.embedding.onnx..",
                        "io.mcpserver.cache.memory..",
                        "io.mcpserver.cache.redis..")
                .layer("Features")
                .definedBy(
                        "io.mcpserver.config.reload..",
                        "io.mcpserver.storage.index..",
                        "io.mcpserver.storage.service..",
                        "io.mcpserver.tool..",
                        "io.mcpserver.importer..",
                        "io.mcpserver.data..",
                        "io.mcpserver.security..",
                        "io.mcpserver.insight..")
                .layer("Edge")
                .definedBy("io.mcpserver.cli..", "io.mcpserver.mcp..", "io.mcpserver.admin..", "io.mcpserver.server..")
                .layer("Main")
                .definedBy("io.mcpserver")
                .whereLayer("Main")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("Edge")
                .mayOnlyBeAccessedByLayers("Main")
                .whereLayer("Features")
                .mayOnlyBeAccessedByLayers("Edge")
                .whereLayer("Engines")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("Journal")
                .mayOnlyBeAccessedByLayers("Engines")
                .whereLayer("Threads")
                .mayOnlyBeAccessedByLayers("Journal", "Engines")
                .whereLayer("SPI")
                .mayOnlyBeAccessedByLayers("Threads", "Journal", "Engines", "Features", "Edge")
                .ensureAllClassesAreContainedInArchitecture();
        layers.check(CLASSES);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("io.mcpserver.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void baseSpiAndEnginesArePlainJava() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.mcpserver.config..",
                        "io.mcpserver.error..",
                        "io.mcpserver.storage..",
                        "io.mcpserver.embedding..",
                        "io.mcpserver.cache..",
                        "io.mcpserver.importer..",
                        "io.mcpserver.data..",
                        "io.mcpserver.tool.file..",
                        "io.mcpserver.tool.declarative..",
                        "io.mcpserver.tool.documents..",
                        "io.mcpserver.tool.discovery..",
                        "io.mcpserver.tool.offline..",
                        "io.mcpserver.tool.trial..",
                        "io.mcpserver.insight..",
                        "io.mcpserver.mcp.share..",
                        "io.mcpserver.mcp.pass..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "io.quarkiverse..", "jakarta..", "io.vertx..", "io.smallrye..")
                .check(CLASSES);
    }

    @Test
    void internalsOfTheExtensionAreImportedInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.mcpserver.mcp.extension..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkiverse.mcp.server.runtime..", "io.quarkiverse.mcp.server.http..")
                .check(CLASSES);
    }

    @Test
    void openTelemetryIsImportedInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.mcpserver.mcp.trace..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.opentelemetry..")
                .check(CLASSES);
    }

    @Test
    void theEnvironmentIsReadByTheConfigurationOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.mcpserver.config..")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(CLASSES);
    }

    @Test
    void standardStreamsBelongToTheCommandLineAndToStdio() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.mcpserver.cli..", "io.mcpserver.mcp.stdio..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .accessField(System.class, "in")
                .check(CLASSES);
    }

    @Test
    void everyPackageSaysWhatLivesInIt() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> silent = files.filter(Files::isDirectory)
                    .filter(ArchitectureTest::holdsJava)
                    .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                    .toList();
            assertThat(silent).isEmpty();
        }
    }

    @Test
    void noFileIsTwoClassesLong() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> long_ = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> lines(file) > 500)
                    .toList();
            assertThat(long_).isEmpty();
        }
    }

    private static boolean holdsJava(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
