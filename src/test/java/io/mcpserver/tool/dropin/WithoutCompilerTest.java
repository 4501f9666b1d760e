package io.mcpserver.tool.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a Java without the module jdk.compiler, as a runtime image may be, source files are refused and jars work. */
@Timeout(120)
class WithoutCompilerTest {

    @TempDir
    Path folder;

    @Test
    void aSourceFileIsRefusedWithWhatIsMissing() throws Exception {
        Path file = Files.writeString(folder.resolve("A.java"), "class A {}");
        assertThat(run(file.toString()))
                .startsWith("A.java: cannot be compiled: the Java that runs this server (")
                .contains("has no compiler, the module jdk.compiler")
                .contains("put a jar here");
    }

    @Test
    void aJarWorks() throws Exception {
        Path jar = new JarMaker(folder).source("A", """
                        public class A {
                            @io.mcpserver.tool.api.Tool(description = "x") public static String work() { return "It works."; }
                        }
                        """).toolClasses("A").write("a.jar");
        assertThat(run(jar.toString(), "work")).isEqualTo("It works.");
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        String modules = ModuleFinder.ofSystem().findAll().stream()
                .map(module -> module.descriptor().name())
                .filter(name -> name.startsWith("java."))
                .filter(name -> !name.equals("java.se"))
                .collect(Collectors.joining(","));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--limit-modules",
                modules + ",jdk.unsupported",
                "-cp",
                System.getProperty("java.class.path"),
                WithoutCompiler.class.getName()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(() -> read(errors)).isZero();
        return read(output);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
