package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar against which tools in Java are compiled lies in the distribution, and is enough for that. */
class PublishedApiIT {

    private static final Path LIB = Path.of(System.getProperty("test.distribution", "target/mcp-server"), "lib");

    @TempDir
    Path directory;

    @Test
    void aToolIsCompiledAgainstTheJarOfTheDistributionAlone() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        said,
                        said,
                        "-Xlint:all",
                        "-parameters",
                        "-cp",
                        LIB.resolve("mcp-server-tool-api.jar").toString(),
                        "-d",
                        directory.toString(),
                        "tools/TextStatistics.java");
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(code).isZero();
        assertThat(directory.resolve("TextStatistics.class")).exists();
    }

    @Test
    void theJarHasThePublishedPackageAndNothingElse() throws Exception {
        assertThat(entries("mcp-server-tool-api.jar"))
                .contains("io/mcpserver/tool/api/Tool.class", "io/mcpserver/tool/api/ToolProvider.class")
                .allMatch(name -> name.startsWith("io/mcpserver/tool/api/") || name.equals("META-INF/MANIFEST.MF"));
        assertThat(entries("mcp-server-tool-api-sources.jar")).contains("io/mcpserver/tool/api/Tool.java");
    }

    private static List<String> entries(String name) throws Exception {
        try (JarFile jar = new JarFile(LIB.resolve(name).toFile())) {
            return jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
        }
    }
}
