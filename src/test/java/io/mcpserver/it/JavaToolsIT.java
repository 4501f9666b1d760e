package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java files and jars that are dropped into the folder of a packaged server that runs. */
class JavaToolsIT {

    private static final Path API =
            Path.of(System.getProperty("test.distribution", "target/mcp-server"), "lib", "mcp-server-tool-api.jar");
    private static final String SOURCE = """
            public class Sees {
                @io.mcpserver.tool.api.Tool(description = "Looks for a class.")
                public static String sees(String name) {
                    try {
                        return "VERSION sees " + Class.forName(name).getSimpleName();
                    } catch (ClassNotFoundException e) {
                        return "VERSION sees nothing";
                    }
                }
            }
            """;

    @TempDir
    Path directory;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Path tools;

    @BeforeEach
    void folder() throws IOException {
        tools = Files.createDirectory(directory.resolve("tools"));
    }

    @Test
    void aJavaFileIsCompiledIsReplacedAndSeesNothingOfTheServer() throws Exception {
        try (RunningServer server = start()) {
            drop("Sees.java", SOURCE.replace("VERSION", "one"));
            await(server, "java.sql.Connection", "one sees Connection");
            for (String name : new String[] {
                "io.mcpserver.storage.DocumentStore",
                "io.quarkus.runtime.Quarkus",
                "com.fasterxml.jackson.databind.JsonNode"
            }) {
                assertThat(sees(server, name)).contains("one sees nothing");
            }

            drop("Sees.java", SOURCE.replace("String sees(", "Strin sees("));
            Awaitility.await().until(() -> server.stderr().text().contains("Sees.java:3: "));
            assertThat(sees(server, "java.lang.String")).contains("one sees String");

            drop("Sees.java", SOURCE.replace("VERSION", "two"));
            await(server, "java.lang.String", "two sees String");

            Files.delete(tools.resolve("Sees.java"));
            Awaitility.await().until(() -> !sees(server, "java.lang.String").contains("two sees"));
        }
    }

    @Test
    void aJarThatWasCompiledAgainstThePublishedApiIsCallableAndMayBeReplaced() throws Exception {
        try (RunningServer server = start()) {
            Files.move(jar("one"), tools.resolve("sees.jar"), StandardCopyOption.ATOMIC_MOVE);
            await(server, "java.lang.String", "one sees String");

            Files.move(jar("two"), tools.resolve("sees.jar"), StandardCopyOption.ATOMIC_MOVE);
            await(server, "java.lang.String", "two sees String");
            assertThat(sees(server, "io.mcpserver.storage.DocumentStore")).contains("two sees nothing");
        }
    }

    private RunningServer start() {
        return ServerLaunch.in(directory)
                .env("MCP_EMBEDDING_MODEL", "none")
                .configuration("""
                        tools: {directories: [./tools]}
                        """)
                .serving("http-stream")
                .startReady();
    }

    /** Puts the file there at once, as careful writers do. */
    private void drop(String name, String text) throws IOException {
        Path next = Files.writeString(tools.resolve("." + name), text);
        Files.move(next, tools.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path jar(String version) throws IOException {
        Path work = Files.createDirectory(directory.resolve(version));
        Path source = Files.writeString(work.resolve("Sees.java"), SOURCE.replace("VERSION", version));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = ToolProvider.getSystemJavaCompiler()
                .run(null, said, said, "-parameters", "-cp", API.toString(), "-d", work.toString(), source.toString());
        assertThat(code).as(said::toString).isZero();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("MCP-Tool-Classes", "Sees");
        Path jar = work.resolve("sees.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("Sees.class"));
            out.write(Files.readAllBytes(work.resolve("Sees.class")));
            out.closeEntry();
        }
        return jar;
    }

    private void await(RunningServer server, String name, String answer) {
        long start = System.nanoTime();
        Awaitility.await().until(() -> sees(server, name).contains(answer));
        System.out.printf(
                "answered \"%s\" %d ms after it was dropped%n", answer, (System.nanoTime() - start) / 1_000_000);
    }

    private String sees(RunningServer server, String name) throws IOException, InterruptedException {
        String call = """
                {"jsonrpc": "2.0", "id": 1, "method": "tools/call",
                 "params": {"name": "sees", "arguments": {"name": "%s"}}}""".formatted(name);
        HttpRequest request = HttpRequest.newBuilder(server.uri("/tools/call"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(call))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
