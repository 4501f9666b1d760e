package io.mcpserver.tool.dropin;

import static io.mcpserver.tool.dropin.DropIns.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.tool.api.Tool;
import io.mcpserver.tool.file.LoadedFile;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The classes of a tool file see the published API and the JDK, nothing else of the server, and go with their file. */
@Timeout(180)
class ApartFromTheServerTest {

    private static final String SEES = """
            @Tool(description = "Looks for a class.") static String sees(String name) {
                try {
                    return Class.forName(name).getModule().toString();
                } catch (ClassNotFoundException e) {
                    return "none";
                }
            }
            @Tool(description = "Looks for a class by the thread.") static String threadSees(String name) {
                try {
                    return Thread.currentThread().getContextClassLoader().loadClass(name).getName();
                } catch (ClassNotFoundException e) {
                    return "none";
                }
            }""";

    @TempDir
    Path folder;

    private DropIns dropIns;

    @BeforeEach
    void open() {
        dropIns = new DropIns(folder);
    }

    @AfterEach
    void close() {
        dropIns.close();
    }

    @Test
    void theApiIsThatOfTheServerAndTheJdkIsWhole() {
        LoadedFile file = dropIns.members(SEES);
        assertThat(sees(file, Tool.class.getName())).isNotEqualTo("none");
        assertThat(sees(file, "java.sql.Connection")).isEqualTo("module java.sql");
        assertThat(sees(file, "java.net.http.HttpClient")).isEqualTo("module java.net.http");
    }

    @Test
    void nothingElseOfTheServerIsSeen() {
        LoadedFile file = dropIns.members(SEES);
        for (String name : List.of(
                DocumentStore.class.getName(),
                ObjectMapper.class.getName(),
                JavaToolFile.class.getName(),
                "io.quarkus.runtime.Quarkus",
                "io.mcpserver.tool.ToolSpec")) {
            assertThat(sees(file, name)).isEqualTo("none");
            assertThat(dropIns.answer(file, "thread_sees", "{'name': '" + name + "'}")
                            .text())
                    .isEqualTo("none");
        }
    }

    @Test
    void theCompilerSeesNothingElseEither() {
        assertThat(problems(dropIns.members("io.mcpserver.storage.DocumentStore store; org.jboss.logging.Logger log;")))
                .satisfiesExactly(
                        one -> assertThat(one).contains("package io.mcpserver.storage does not exist"),
                        two -> assertThat(two).contains("package org.jboss.logging does not exist"));
    }

    @Test
    void twoFilesMayHaveClassesOfTheSameName() {
        LoadedFile one = dropIns.members("@Tool(description = \"x\") static int number() { return 1; }");
        LoadedFile two = dropIns.members("@Tool(description = \"x\") static int number() { return 2; }");
        assertThat(dropIns.answer(one, "number", "{}").text()).isEqualTo("1");
        assertThat(dropIns.answer(two, "number", "{}").text()).isEqualTo("2");
    }

    @Test
    void aClassCannotTakeThePlaceOfOneOfTheServerOrTheJdk() {
        LoadedFile file = dropIns.java("Tool.java", """
                package io.mcpserver.tool.api;
                @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
                public @interface Tool {}
                """);
        assertThat(file.usable()).isFalse();
        assertThat(problems(dropIns.java("String.java", "package java.lang; public class String {}")))
                .first()
                .asString()
                .contains("package exists in another module: java.base");
    }

    @Test
    void itsInstanceIsClosedWithTheFile() throws IOException {
        Path sign = folder.resolve("closed");
        LoadedFile file = dropIns.java("Holding.java", """
                import io.mcpserver.tool.api.Tool;
                public class Holding implements AutoCloseable {
                    @Tool(description = "x") public int number() { return 1; }
                    @Override public void close() throws Exception {
                        java.nio.file.Files.writeString(java.nio.file.Path.of("%s"), "yes");
                    }
                }
                """.formatted(sign));
        assertThat(dropIns.answer(file, "number", "{}").text()).isEqualTo("1");
        assertThat(sign).doesNotExist();
        file.closing().run();
        assertThat(sign).hasContent("yes");
    }

    @Test
    void nothingOfAFileIsLeftAfterItWasReplacedTwoHundredTimes() throws IOException {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            loaders.add(loadedCalledAndClosed(i));
        }
        await().until(() -> {
            System.gc();
            return loaders.stream().allMatch(loader -> loader.refersTo(null));
        });
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    private WeakReference<ClassLoader> loadedCalledAndClosed(int number) {
        LoadedFile file = dropIns.members("""
                private static final ThreadLocal<Part> KEPT = new ThreadLocal<>();
                record Part(int number, Optional<String> text) {}
                @Tool(description = "x") Part part(Part given) {
                    KEPT.set(given);
                    return new Part(given.number() + %d, given.text());
                }
                @Tool(description = "x") Object loader() { throw new IllegalStateException(new Mine(getClass().getClassLoader().toString())); }
                static class Mine extends RuntimeException { Mine(String text) { super(text); } }""".formatted(number));
        assertThat(dropIns.answer(file, "part", "{'given': {'number': 1}}").json())
                .isEqualTo("{\"number\":" + (number + 1) + "}");
        if (number % 50 == 0) {
            dropIns.failure(file, "loader", "{}");
        }
        WeakReference<ClassLoader> loader = new WeakReference<>(loader(file));
        file.closing().run();
        return loader;
    }

    /** The loader that the file's tools are of, as what closes them knows it. */
    private static ClassLoader loader(LoadedFile file) {
        return Stream.of(file.closing().getClass().getDeclaredFields())
                .peek(field -> field.setAccessible(true))
                .map(field -> value(field, file.closing()))
                .filter(FoundTools.class::isInstance)
                .map(found -> ((FoundTools) found).loader())
                .findFirst()
                .orElseThrow();
    }

    private static Object value(java.lang.reflect.Field field, Object owner) {
        try {
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private String sees(LoadedFile file, String name) {
        return dropIns.answer(file, "sees", "{'name': '" + name + "'}").text();
    }
}
