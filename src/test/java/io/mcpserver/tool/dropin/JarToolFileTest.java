package io.mcpserver.tool.dropin;

import static io.mcpserver.tool.dropin.DropIns.problems;
import static io.mcpserver.tool.dropin.DropIns.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolSpec.Hints;
import io.mcpserver.tool.file.LoadedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A jar with providers or marked classes becomes tools; a jar that is none, or too large, a problem. */
@Timeout(120)
class JarToolFileTest {

    private static final String SERVICE = "META-INF/services/io.mcpserver.tool.api.ToolProvider";
    private static final String PROVIDER = """
            package com.example;
            import io.mcpserver.tool.api.*;
            import java.util.*;
            public class Weather implements ToolProvider {
                @Override public List<ToolDefinition> tools() {
                    return List.of(ToolDefinition.named("weather_now")
                            .title("The weather")
                            .description("Tells the weather of a city.")
                            .readOnly()
                            .openWorld(false)
                            .timeout(java.time.Duration.ofSeconds(5))
                            .scope("weather")
                            .groups("outside")
                            .inputSchema("{\\"type\\": \\"object\\", \\"properties\\": {\\"city\\": {\\"type\\": \\"string\\"}}, \\"required\\": [\\"city\\"], \\"additionalProperties\\": false}")
                            .outputSchema("{\\"type\\": \\"object\\", \\"properties\\": {\\"text\\": {\\"type\\": \\"string\\"}}, \\"required\\": [\\"text\\"]}")
                            .does((arguments, context) -> Map.of("text", new Words().of((String) arguments.get("city")))));
                }
            }
            """;
    private static final String WORDS = """
            package com.example;
            class Words {
                String of(String city) throws java.io.IOException {
                    try (var in = getClass().getResourceAsStream("/words.txt")) {
                        return new String(in.readAllBytes()) + " in " + city;
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    private DropIns dropIns;
    private JarMaker jars;

    @BeforeEach
    void open() {
        dropIns = new DropIns(folder);
        jars = new JarMaker(folder);
    }

    @AfterEach
    void close() {
        dropIns.close();
    }

    @Test
    void theToolsOfAProviderAreOffered() {
        LoadedFile file = load(weather("Rain").write("weather.jar"));
        var tool = tool(file, "weather_now");
        assertThat(tool.title()).isEqualTo("The weather");
        assertThat(tool.hints()).isEqualTo(Hints.READS);
        assertThat(tool.policy().timeout()).contains(Duration.ofSeconds(5));
        assertThat(tool.policy().scope()).contains("weather");
        assertThat(tool.policy().groups()).containsExactly("outside");
        assertThat(dropIns.answer(file, "weather_now", "{'city': 'Bonn'}").json())
                .isEqualTo("{\"text\":\"Rain in Bonn\"}");
        assertThat(dropIns.failure(file, "weather_now", "{}").code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void theMarkedMethodsOfTheClassesInItsManifestAreOffered() {
        LoadedFile file = load(jars.source("com.example.Sums", """
                        package com.example;
                        import io.mcpserver.tool.api.*;
                        public class Sums {
                            @Tool(description = "Adds.") public long sum_all(java.util.List<Long> numbers) {
                                return numbers.stream().mapToLong(Long::longValue).sum();
                            }
                        }
                        """)
                .toolClasses("com.example.Sums")
                .write("sums.jar"));
        assertThat(dropIns.answer(file, "sum_all", "{'numbers': [1, 2, 3]}").text())
                .isEqualTo("6");
    }

    @Test
    void theFileMayBeReplacedAndRemovedWhileItsToolsAreCalled() throws IOException {
        Path jar = weather("Rain").write("weather.jar");
        LoadedFile file = load(jar);
        Files.write(jar, new byte[1000]);
        assertThat(dropIns.answer(file, "weather_now", "{'city': 'Bonn'}").json())
                .contains("Rain in Bonn");
        Files.delete(jar);
        assertThat(dropIns.answer(file, "weather_now", "{'city': 'Ulm'}").json())
                .contains("Rain in Ulm");
        file.closing().run();
    }

    @Test
    void theCopyOfAJarIsGoneAtTheLatestWhenItIsClosed() throws IOException {
        long before = copies();
        LoadedFile file = load(weather("Rain").write("weather.jar"));
        file.closing().run();
        assertThat(copies()).isEqualTo(before);
    }

    @Test
    void aProviderIsClosedWithItsFile() {
        Path sign = folder.resolve("closed");
        LoadedFile file =
                load(jars.source("P", """
                        import io.mcpserver.tool.api.*;
                        public class P implements ToolProvider {
                            public java.util.List<ToolDefinition> tools() {
                                return java.util.List.of(ToolDefinition.named("p").description("x").does((a, c) -> "y"));
                            }
                            @Override public void close() {
                                try { java.nio.file.Files.createFile(java.nio.file.Path.of("%s")); } catch (java.io.IOException e) { }
                            }
                        }
                        """.formatted(sign)).entry(SERVICE, "P").write("p.jar"));
        assertThat(dropIns.answer(file, "p", "{}").text()).isEqualTo("y");
        file.closing().run();
        assertThat(sign).exists();
    }

    @Test
    void aJarThatBringsNothingSaysWhatItWouldNeed() {
        assertThat(problems(load(jars.source("A", "class A {}").write("a.jar"))))
                .singleElement()
                .asString()
                .contains("a.jar: brings no tool", SERVICE, "MCP-Tool-Classes");
    }

    @Test
    void whatItNamesAndDoesNotHaveIsAProblem() {
        assertThat(problems(load(jars.toolClasses("com.example.Gone").write("a.jar"))))
                .containsExactly("a.jar: com.example.Gone: this class is not in the file");
        assertThat(problems(load(
                        new JarMaker(folder).entry(SERVICE, "com.example.Gone").write("b.jar"))))
                .singleElement()
                .asString()
                .contains("a provider cannot be made", "com.example.Gone not found");
        assertThat(problems(load(new JarMaker(folder)
                        .source("A", "class A {}")
                        .toolClasses("A")
                        .write("c.jar"))))
                .containsExactly("c.jar: A: MCP-Tool-Classes names it, but no method of it is marked with @Tool");
    }

    @Test
    void whatAProviderDefinesWronglyIsAProblem() {
        LoadedFile file = load(jars.source("P", """
                        import io.mcpserver.tool.api.*;
                        import java.util.*;
                        public class P implements ToolProvider {
                            public List<ToolDefinition> tools() {
                                return List.of(
                                    ToolDefinition.named("no name").description("x").does((a, c) -> ""),
                                    ToolDefinition.named("one").does((a, c) -> ""),
                                    ToolDefinition.named("two").description("x").inputSchema("{").does((a, c) -> ""),
                                    ToolDefinition.named("three").description("x").inputSchema("[]").does((a, c) -> ""),
                                    ToolDefinition.named("four").description("x").inputSchema("{\\"type\\": \\"object\\", \\"required\\": 1}").does((a, c) -> ""));
                            }
                        }
                        """).entry(SERVICE, "P").write("p.jar"));
        assertThat(problems(file))
                .satisfiesExactly(
                        one -> assertThat(one).contains("no name: A tool's name is 1 to 64 of"),
                        two -> assertThat(two).contains("one: needs a description"),
                        three -> assertThat(three).contains("two: its input schema is no JSON"),
                        four -> assertThat(four)
                                .contains("three: its input schema must be a JSON Schema with \"type\": \"object\""),
                        five -> assertThat(five)
                                .contains("four: its input schema is no JSON Schema 2020-12: /required"));
    }

    @Test
    void aClassThatNeedsAnotherJarSaysWhichClassIsMissing() {
        LoadedFile file =
                load(weather("Rain").without("com/example/Words.class").write("weather.jar"));
        assertThat(dropIns.failure(file, "weather_now", "{'city': 'Bonn'}").getCause())
                .hasMessageContaining("NoClassDefFoundError: com/example/Words");
    }

    @Test
    void aClassOfANewerJavaIsAProblem() {
        byte[] classFile = jars.compiled("A", "public class A {}");
        classFile[7] = (byte) 200;
        assertThat(problems(load(new JarMaker(folder)
                        .entry("A.class", classFile)
                        .toolClasses("A")
                        .write("a.jar"))))
                .singleElement()
                .asString()
                .contains("a.jar: A: cannot be loaded: java.lang.UnsupportedClassVersionError");
    }

    @Test
    void aFileThatIsNoJarOrABrokenOneIsRefused() throws IOException {
        Path text = dropIns.write("text.jar", "no jar");
        assertThat(problems(load(text))).singleElement().asString().startsWith("text.jar: is no jar, or a broken one");
        Path cut = weather("Rain").write("cut.jar");
        byte[] bytes = Files.readAllBytes(cut);
        Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(problems(load(cut))).singleElement().asString().startsWith("cut.jar: is no jar, or a broken one");
        Path turned = weather("Rain").write("turned.jar");
        for (int i = 60; i < 200; i++) {
            bytes[i] ^= 0x55;
        }
        Files.write(turned, bytes);
        assertThat(load(turned).usable()).isFalse();
    }

    @Test
    void anEntryThatLeadsOutOfTheJarIsRefused() {
        for (String name : new String[] {"../../etc/evil.txt", "/etc/evil", "a\\..\\b", "C:evil", "a/../../b"}) {
            assertThat(problems(load(new JarMaker(folder).entry(name, "x").write("evil.jar"))))
                    .containsExactly("evil.jar: has an entry that leads out of it: \"" + name + "\"");
        }
    }

    @Test
    void aJarThatUnpacksWithoutEndIsRefused() throws IOException {
        Path bomb = jars.zeros("bomb", 5, 49_000_000).write("bomb.jar");
        assertThat(Files.size(bomb)).isLessThan(1_000_000);
        assertThat(problems(load(bomb)))
                .containsExactly(
                        "bomb.jar: has more than 200,000,000 bytes when it is unpacked, or an entry of more than 50,000,000");
    }

    @Test
    void aJarOfTooManyEntriesOrBytesIsRefused() throws IOException {
        assertThat(problems(load(jars.zeros("entry", 10_000, 0).write("many.jar"))))
                .containsExactly("many.jar: has 10,001 entries, more than 10,000");
        Path large = folder.resolve("large.jar");
        try (var file = new java.io.RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(50_000_001);
        }
        assertThat(problems(load(large))).containsExactly("large.jar: is larger than 50,000,000 bytes");
    }

    private JarMaker weather(String words) {
        return new JarMaker(folder)
                .source("com.example.Weather", PROVIDER)
                .source("com.example.Words", WORDS)
                .entry("words.txt", words)
                .entry(SERVICE, "com.example.Weather");
    }

    private LoadedFile load(Path jar) {
        return dropIns.load(new JarToolFile(), jar);
    }

    private static long copies() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("mcp-tools-"))
                    .count();
        }
    }
}
