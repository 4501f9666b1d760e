package io.mcpserver.tool.dropin;

import static io.mcpserver.tool.dropin.DropIns.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolClient;
import io.mcpserver.tool.ToolOutcome.Success;
import io.mcpserver.tool.file.LoadedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a source file holds or does, loading it ends in a problem and calling it in a failure. */
@Timeout(120)
class HostileJavaTest {

    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private DropIns dropIns;

    @BeforeEach
    void open() {
        dropIns = new DropIns(folder, Duration.ofSeconds(2));
    }

    @AfterEach
    void close() {
        dropIns.close();
    }

    @Test
    void aStaticInitializerThatThrowsIsAFaultOnItsLine() {
        assertThat(problems(dropIns.members("""
                @Tool(description = "x") static void work() {}
                static {
                    if (true) throw new IllegalStateException("no settings");
                }""")))
                .containsExactly(
                        "Dropped.java:5: Dropped: its static initializer failed: java.lang.IllegalStateException: no settings");
    }

    @Test
    void aConstructorThatThrowsIsAFaultOnItsLine() {
        assertThat(problems(dropIns.members("""
                @Tool(description = "x") void work() {}
                Dropped() { deeper(1); }
                int deeper(int n) { return deeper(n + 1); }""")))
                .containsExactly("Dropped.java:5: Dropped: no instance could be made: java.lang.StackOverflowError");
    }

    @Test
    void aStaticInitializerThatHangsIsGivenUpAndFewAreEverLeftBehind() throws IOException {
        JavaToolFile format = new JavaToolFile(() -> Optional.of(ToolProvider.getSystemJavaCompiler()), SHORT);
        Path file = dropIns.write("Hanging.java", """
                public class Hanging {
                    static final Object LOCK = new Object();
                    static { forever(); }
                    static void forever() { while (true) { try { Thread.sleep(60_000); } catch (InterruptedException e) { } } }
                    @io.mcpserver.tool.api.Tool(description = "x") static void work() {}
                }
                """);
        for (int i = 0; i < 4; i++) {
            assertThat(problems(dropIns.load(format, file)))
                    .containsExactly(
                            "Hanging.java: was not loaded within 1 s; does a static initializer or a constructor wait for something?");
        }
        assertThat(problems(dropIns.load(format, file)))
                .containsExactly(
                        "Hanging.java: 4 earlier ones hang and cannot be ended; mend them and start the server anew");
    }

    @Test
    void whatIsLoadedTooLateIsClosed() {
        Path sign = folder.resolve("closed");
        JavaToolFile format = new JavaToolFile(() -> Optional.of(ToolProvider.getSystemJavaCompiler()), SHORT);
        Path file = dropIns.write("Slow.java", """
                public class Slow implements AutoCloseable {
                    public Slow() {
                        long end = System.nanoTime() + 2_000_000_000L;
                        while (System.nanoTime() < end) { Thread.onSpinWait(); }
                    }
                    @io.mcpserver.tool.api.Tool(description = "x") public void work() {}
                    @Override public void close() throws Exception {
                        java.nio.file.Files.createFile(java.nio.file.Path.of("%s"));
                    }
                }
                """.formatted(sign));
        assertThat(dropIns.load(format, file).usable()).isFalse();
        await().until(() -> Files.exists(sign));
    }

    @Test
    void anAnnotationThatContainsItselfIsACompilerError() {
        assertThat(problems(dropIns.members("""
                @interface Endless { Endless value() default @Endless; }
                @Tool(description = "x") @Endless static void work() {}""")))
                .singleElement()
                .asString()
                .startsWith("Dropped.java:3: ")
                .contains("cycl");
    }

    @Test
    void anExpressionTooDeepForTheCompilerIsAProblem() {
        String deep = "(".repeat(100_000) + "1" + ")".repeat(100_000);
        LoadedFile file = dropIns.members("static int n = " + deep + ";");
        assertThat(file.usable()).isFalse();
        assertThat(problems(file)).hasSize(1);
        assertThat(problems(file).getFirst()).startsWith("Dropped.java").hasSizeLessThan(700);
    }

    @Test
    void aThousandErrorsAreNotToldOneByOne() {
        LoadedFile file = dropIns.members("Missing a;\n".repeat(1_000));
        assertThat(file.problems()).hasSize(100);
    }

    @Test
    void aFileOfTenMegabytesIsRefused() {
        assertThat(problems(dropIns.java("Large.java", "//" + " ".repeat(10_000_000))))
                .containsExactly("Large.java: is larger than 1,000,000 bytes; larger tools go into a jar");
    }

    @Test
    void aFileThatIsNotUtf8IsAFaultOnTheLineOfTheFirstWrongByte() throws IOException {
        Path file = folder.resolve("Latin.java");
        Files.write(file, "class Latin {\n  // caf\u00e9\n}\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(problems(dropIns.load(new JavaToolFile(), file)))
                .containsExactly("Latin.java:2: is not UTF-8; save it as UTF-8");
    }

    @Test
    void aFileThatIsCutInTheMiddleOfALetterIsNotUtf8() throws IOException {
        Path file = folder.resolve("Cut.java");
        Files.write(file, new byte[] {'/', '/', (byte) 0xC3});
        assertThat(problems(dropIns.load(new JavaToolFile(), file)))
                .containsExactly("Cut.java:1: is not UTF-8; save it as UTF-8");
    }

    @Test
    void aByteOrderMarkIsNoError() {
        LoadedFile file = dropIns.java(
                "Marked.java",
                "\uFEFFclass Marked { @io.mcpserver.tool.api.Tool(description = \"x\") static void work() {} }");
        assertThat(dropIns.answer(file, "work", "{}").text()).isEqualTo("Done.");
    }

    @Test
    void aFileThatIsGoneIsAProblem() {
        Path file = folder.resolve("Gone.java");
        assertThat(problems(dropIns.load(new JavaToolFile(), file))).containsExactly("Gone.java: is not there");
    }

    @Test
    void errorsOfTheMachineAreFailuresOfTheCallAndTheNextCallIsAnswered() {
        LoadedFile file = dropIns.members("""
                static class Late { static final int N = Integer.parseInt("x"); }
                @Tool(description = "x") static int deep(int n) { return deep(n + 1) + 1; }
                @Tool(description = "x") static int late() { return Late.N; }
                @Tool(description = "x") static int fine() { return 1; }""");
        for (int i = 0; i < 3; i++) {
            assertThat(dropIns.failure(file, "deep", "{'n': 0}").code()).isEqualTo(ErrorCode.INTERNAL);
            assertThat(dropIns.failure(file, "late", "{}").code()).isEqualTo(ErrorCode.INTERNAL);
        }
        assertThat(dropIns.answer(file, "fine", "{}").text()).isEqualTo("1");
    }

    @Test
    void anExceptionThatCannotEvenBePrintedIsAFailureWithAReference() {
        LoadedFile file = dropIns.members("""
                static class Vicious extends RuntimeException {
                    @Override public String getMessage() { throw this; }
                    @Override public synchronized Throwable getCause() { return new Vicious(); }
                    @Override public StackTraceElement[] getStackTrace() { return null; }
                    @Override public String toString() { throw this; }
                }
                @Tool(description = "x") static int work() { throw new Vicious(); }
                @Tool(description = "x") static int secret() { throw new IllegalStateException("password=secret"); }
                @Tool(description = "x") static int error() { throw new ToolError(null, null); }""");
        assertThat(dropIns.failure(file, "work", "{}")).hasMessageContaining("reference");
        assertThat(dropIns.failure(file, "secret", "{}").getMessage())
                .contains("reference")
                .doesNotContain("password");
        assertThat(dropIns.failure(file, "error", "{}").code()).isEqualTo(ErrorCode.INTERNAL);
    }

    @Test
    void aCallThatTakesTooLongIsAnsweredInTimeAndItsCodeIsInterrupted() {
        LoadedFile file = dropIns.members("""
                private static volatile String seen = "nothing";
                @Tool(description = "x", timeoutSeconds = 2) static void slow() throws Exception {
                    try {
                        Thread.sleep(60_000);
                    } catch (InterruptedException e) {
                        seen = "interrupt";
                        throw e;
                    }
                }
                @Tool(description = "x") static String seen() { return seen + " " + Thread.currentThread().isInterrupted(); }""");
        assertThat(dropIns.failure(file, "slow", "{}").code()).isEqualTo(ErrorCode.TIMEOUT);
        await().until(() -> dropIns.answer(file, "seen", "{}").text().equals("interrupt false"));
    }

    @Test
    void callsThatNeverEndKeepNoThreadOfTheServerAndTheirFileIsNotRunAnyMore() throws IOException {
        Path sign = folder.resolve("go-on");
        LoadedFile file = dropIns.members("""
                @Tool(description = "x", timeoutSeconds = 1) static void spin() {
                    while (!new java.io.File("%s").exists()) {
                        try { Thread.sleep(20); } catch (InterruptedException e) { }
                    }
                }
                @Tool(description = "x") static int beside() { return 2; }""".formatted(sign));
        LoadedFile other = dropIns.java(
                "Other.java",
                "public class Other { @io.mcpserver.tool.api.Tool(description = \"x\") static int fine() { return 1; } }");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> dropIns.failure(file, "spin", "{}").code() == ErrorCode.UNAVAILABLE);
        for (int i = 0; i < 10; i++) {
            assertThat(dropIns.failure(file, "spin", "{}"))
                    .hasMessage(
                            "spin is not run: earlier calls of spin do not end and cannot be stopped. Do not repeat the"
                                    + " call; tell the operator that the file Dropped.java must be mended and replaced.")
                    .extracting("code", "retryable")
                    .containsExactly(ErrorCode.UNAVAILABLE, false);
            assertThat(dropIns.answer(other, "fine", "{}").text()).isEqualTo("1");
        }
        assertThat(dropIns.failure(file, "beside", "{}"))
                .hasMessageStartingWith("beside is not run: earlier calls of spin");

        Files.createFile(sign);
        await().until(() -> dropIns.call(DropIns.tool(file, "beside"), "{}", ToolClient.SILENT) instanceof Success);
    }
}
