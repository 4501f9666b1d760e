package io.mcpserver.tool.declarative.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.mcpserver.config.LiveKey;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.declarative.KindFixture;
import io.mcpserver.tool.declarative.TestConfig;
import io.mcpserver.tool.declarative.TestSurroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code exec} tools that run real programs, written in Python. */
class ExecKindTest {

    private static final String ALLOWED = "tools: {allow_exec: true}\n";

    @TempDir
    Path folder;

    private TestSurroundings surroundings;

    @BeforeEach
    void allow() {
        surroundings = TestSurroundings.in(folder).config(TestConfig.of(folder, ALLOWED));
    }

    @AfterEach
    void close() throws Exception {
        surroundings.close();
    }

    @Test
    void theInputsAreReadAsJsonAndWhatIsPrintedIsTheResult() {
        script("import json, sys; a = json.load(sys.stdin); print(json.dumps({'got': a, 'args': sys.argv[1:]}))");
        KindFixture file =
                tool("who: {type: string}, n: {type: integer, default: 3}", ", --n, '${n}', 'to ${who}'", "");
        assertThat(file.result("t", "{'who': 'Ann; rm -rf / $(id)'}").toString())
                .isEqualTo(
                        "{\"got\":{\"who\":\"Ann; rm -rf / $(id)\",\"n\":3},\"args\":[\"--n\",\"3\",\"to Ann; rm -rf / $(id)\"]}");
    }

    @Test
    void aProgramRunsInTheFolderOfItsFileWithNothingOfTheServersEnvironment() {
        script("import json, os; print(json.dumps({'cwd': os.getcwd(), 'env': sorted(os.environ)}))");
        KindFixture file = tool("", ", '${dir}'", "env: {TOKEN: '${env.REPORT_TOKEN}'}");
        surroundings.secret("env.REPORT_TOKEN", "s3cret-token");
        assertThat(Path.of(file.result("t", "{}").path("cwd").asText())).isEqualTo(folder.toAbsolutePath());
        assertThat(file.result("t", "{}").path("env"))
                .extracting(name -> name.asText())
                .filteredOn(name -> !name.contains("PYENV")
                        && !List.of("PWD", "OLDPWD", "SHLVL", "_").contains(name))
                .containsExactlyInAnyOrder("HOME", "LANG", "MCP_SERVER_CALL", "PATH", "TOKEN");
    }

    @Test
    void aTextMayBePrintedInstead() {
        script("print('Grüße')");
        assertThat(tool("", "", "output: text").text("t", "{}")).isEqualTo("Grüße");
    }

    @Test
    void whatIsNoObjectIsNamedResult() {
        script("print('[1, 2.5]')");
        assertThat(tool("", "", "").result("t", "{}").toString()).isEqualTo("{\"result\":[1,2.5]}");
    }

    @Test
    void aProgramThatHangsIsStoppedWithAllThatItStarted() {
        script("""
                import os, subprocess, sys, time
                inner = "import os, time; open('pids', 'a').write(f'{os.getpid()}\\\\n'); time.sleep(600)"
                subprocess.Popen([sys.executable, '-c', inner])
                subprocess.Popen([sys.executable, '-c', inner], start_new_session=True)
                if os.fork() == 0:
                    os.setsid()
                    if os.fork() == 0:
                        os.execv(sys.executable, [sys.executable, '-c', inner])
                    os._exit(0)
                time.sleep(600)
                """);
        surroundings.config(TestConfig.of(folder, ALLOWED + "performance: {request_timeout: 60}\n"));
        assertThat(tool("", "", "timeout: 5").failure("t", "{}"))
                .hasMessageContaining("took longer than 5.0 s")
                .extracting("code")
                .isEqualTo(ErrorCode.TIMEOUT);
        assertThat(pids()).hasSize(3);
        Awaitility.await().until(() -> pids().stream().noneMatch(ExecKindTest::isAlive));
    }

    @Test
    void theDeadlineOfTheCallEndsAProgramToo() {
        script("import os, time; open('pids', 'w').write(str(os.getpid())); time.sleep(600)");
        surroundings.config(TestConfig.of(folder, ALLOWED + "performance: {request_timeout: 3}\n"));
        assertThat(tool("", "", "").failure("t", "{}").code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(pids()).hasSize(1);
        Awaitility.await().until(() -> pids().stream().noneMatch(ExecKindTest::isAlive));
    }

    @Test
    void aChildThatLivesOnNeitherHoldsTheAnswerBackNorLivesOn() {
        script("""
                import os, sys, time
                if os.fork() == 0:
                    os.setsid()
                    open('pids', 'w').write(str(os.getpid()))
                    time.sleep(600)
                while not os.path.exists('pids') or not open('pids').read(): time.sleep(0.01)
                print('{"done": true}')
                """);
        assertThat(tool("", "", "").result("t", "{}").path("done").booleanValue())
                .isTrue();
        Awaitility.await().until(() -> pids().stream().noneMatch(ExecKindTest::isAlive));
    }

    @Test
    void aProgramThatPrintsTooMuchIsStopped() {
        script("import sys\nwhile True: sys.stdout.write('x' * 65536)");
        assertThat(tool("", "", "max_output: 100kB").failure("t", "{}"))
                .hasMessageContaining("more than 100,000 bytes (max_output)")
                .extracting("code")
                .isEqualTo(ErrorCode.TOO_LARGE);
    }

    @Test
    void aProgramMaySayAnyAmountOnStandardError() {
        script("import sys\nfor i in range(1000): sys.stderr.write('x' * 10000)\nprint('{}')");
        assertThat(tool("", "", "").result("t", "{}").isEmpty()).isTrue();
    }

    @Test
    void anExitCodeIsAFailureAndTheLogHasTheLastWordsWithoutSecrets() {
        script(
                "import os, sys; sys.stderr.write('start' + 'x' * 5000 + '\\nno ' + os.environ['TOKEN'] + '\\n'); sys.exit(3)");
        surroundings.secret("env.T", "s3cret-token");
        List<String> log = new ArrayList<>();
        Logger logger = Logger.getLogger(OutputReader.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                log.add(new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            assertThat(tool("", "", "env: {TOKEN: '${env.T}'}").failure("t", "{}"))
                    .hasMessageContaining("The program of t ended with the exit code 3")
                    .hasMessageNotContaining("xxx");
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(log)
                .singleElement()
                .asString()
                .endsWith("| no ***")
                .doesNotContain("start")
                .hasSizeLessThan(2200);
    }

    @Test
    void aSecretIsBlackedOutAlsoByItselfAndAsJsonWritesIt() {
        script("""
                import json, os, sys
                word = os.environ['URL'][len('postgres://app:'):-len('@db/x')]
                token = json.load(sys.stdin)['token']
                said = ' '.join([word, json.dumps(word), token, os.environ['URL']])
                print(json.dumps({'error': {'code': word, 'message': said}}))
                sys.exit(1)
                """);
        surroundings.secret("env.DB_PASSWORD", "hunt\"er2/ü").secret("env.TOKEN", "s3cret-token");
        assertThat(tool("token: {from: env.TOKEN}", "", "env: {URL: 'postgres://app:${env.DB_PASSWORD}@db/x'}")
                        .failure("t", "{}"))
                .hasMessage("***: *** \"***\" *** ***");
    }

    @ParameterizedTest
    @CsvSource({"NOT_FOUND, NOT_FOUND, there is none", "E42, INTERNAL, E42: there is none"})
    void aFailureThatTheProgramPrintsIsThatOfTheTool(String said, ErrorCode code, String message) {
        script("import sys; print('{\"error\": {\"code\": \"" + said
                + "\", \"message\": \"there is none\"}}'); sys.exit(1)");
        assertThat(tool("", "", "").failure("t", "{}"))
                .hasMessage(message)
                .extracting("code")
                .isEqualTo(code);
    }

    @Test
    void aProgramMayLeaveItsInputUnread() {
        script("import os; os.close(0); print('{\"ok\": 1}')");
        KindFixture file = tool("text: {type: string}", "", "");
        assertThat(file.result("t", "{'text': '" + "x".repeat(1_000_000) + "'}")
                        .path("ok")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void aLargeInputIsWrittenWhileTheOutputIsRead() {
        script("import sys\nwhile True:\n  c = sys.stdin.read(1000)\n  if not c: break\n  sys.stdout.write(c)");
        KindFixture file = tool("text: {type: string}", "", "max_output: 2MB");
        surroundings.config(TestConfig.of(folder, "tools: {allow_exec: true, max_result_bytes: 10MB}\n"));
        KindFixture roomy = tool("text: {type: string}", "", "max_output: 2MB");
        assertThat(roomy.result("t", "{'text': '" + "x".repeat(1_000_000) + "'}")
                        .path("text")
                        .asText())
                .hasSize(1_000_000);
        assertThat(file.faults()).isEmpty();
    }

    @Test
    void aProgramThatWantsTooMuchMemoryDoesNotGetIt() {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/prlimit"))).isTrue();
        script(
                "try:\n  x = bytearray(1 << 30)\n  print('{\"got\": true}')\nexcept MemoryError:\n  print('{\"got\": false}')");
        assertThat(tool("", "", "max_memory: 256MB")
                        .result("t", "{}")
                        .path("got")
                        .booleanValue())
                .isFalse();
        assertThat(tool("", "", "max_memory: 4GB").result("t", "{}").path("got").booleanValue())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "print('{\"a\": ') | printed what is no JSON",
                "print('{} {}') | printed what is no JSON",
                "print('NaN') | printed what is no JSON",
                "print('[' * 100000) | printed what is no JSON",
                "pass | printed nothing, where JSON was expected",
                "import sys; sys.stdout.buffer.write(b'\"\\xff\"') | printed bytes that are no UTF-8",
                "import os; os.kill(os.getpid(), 9) | was ended by the signal 9"
            })
    void outputThatIsNotWhatItMustBeIsAFailure(String program, String words) {
        script(program);
        assertThat(tool("", "", "").failure("t", "{}")).hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-rf", "--output=/etc/passwd", "-"})
    void anInputCannotBecomeAnOption(String value) {
        script("import json, sys; print(json.dumps(sys.argv[1:]))");
        String inputs = "v: {type: string}";
        String arguments = "{'v': '" + value + "'}";
        assertThat(tool(inputs, ", '${v}'", "").failure("t", arguments))
                .hasMessageContaining("The input v begins with \"-\"")
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(tool(inputs, ", '${v}x'", "").failure("t", arguments).code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        for (KindFixture allowed : List.of(
                tool(inputs, ", --, '${v}'", ""),
                tool(inputs, ", '${v}'", "options_from_inputs: true"),
                tool(inputs, ", 'v=${v}'", ""))) {
            assertThat(allowed.result("t", arguments).path("result").toString()).contains(value);
        }
    }

    @Test
    void aNumberMayBeNegative() {
        script("import json, sys; print(json.dumps(sys.argv[1:]))");
        assertThat(tool("n: {type: integer}", ", '${n}'", "")
                        .result("t", "{'n': -5}")
                        .at("/result/0")
                        .asText())
                .isEqualTo("-5");
    }

    @Test
    void anInputThatNoProgramCanBeGivenIsRefused() {
        script("print('{}')");
        KindFixture file = tool("v: {type: string}", ", '${v}'", "");
        assertThat(file.failure("t", "{'v': 'a\\u0000b'}").code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(file.failure("t", "{'v': '" + "x".repeat(200_000) + "'}").code())
                .isEqualTo(ErrorCode.TOO_LARGE);
    }

    @Test
    void anInputThatWasNotGivenIsLeftOut() {
        script("import json, sys; print(json.dumps(sys.argv[1:]))");
        assertThat(tool("v: {type: string, required: false}", ", a, '${v}', b", "")
                        .result("t", "{}")
                        .toString())
                .isEqualTo("{\"result\":[\"a\",\"b\"]}");
    }

    @Test
    void manyProgramsAreCalledAtOnce() {
        surroundings.config(TestConfig.of(folder, ALLOWED + "performance: {request_timeout: 120}\n"));
        script("import json, sys; print(json.dumps({'n': json.load(sys.stdin)['n']}))");
        KindFixture file = tool("n: {type: integer}", "", "");
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String arguments = "{'n': " + i + "}";
                calls.add(CompletableFuture.supplyAsync(
                        () -> file.result("t", arguments).path("n").intValue(), callers));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(calls.get(i).join()).isEqualTo(i);
            }
        }
        Awaitility.await().until(() -> ProcessHandle.current()
                .children()
                .noneMatch(child -> child.info().command().orElse("").contains("python")));
    }

    @Test
    void aChildThatEscapesKeepsNoThreadOfTheServer() {
        script("""
                import json, subprocess
                child = subprocess.Popen(['sleep', '600'], env={}, start_new_session=True)
                open('pids', 'a').write(f'{child.pid}\\n')
                print('{"done": true}')
                """);
        KindFixture file = tool("text: {type: string}", "", "");
        try {
            for (int i = 0; i < 3; i++) {
                assertThat(file.result("t", "{'text': '" + "x".repeat(300_000 * i) + "'}")
                                .path("done")
                                .booleanValue())
                        .isTrue();
            }
            assertThat(pids()).hasSize(3).allMatch(ExecKindTest::isAlive);
            Awaitility.await().untilAsserted(() -> assertThat(Thread.getAllStackTraces())
                    .noneSatisfy((thread, stack) -> assertThat(thread.getName() + Arrays.toString(stack))
                            .containsAnyOf("exec-", "ProcessPipe", "PipeInputStream", ".declarative.exec.Programs")));
        } finally {
            pids().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
    }

    @Test
    void onlySoManyProgramsRunAtATimeAndOthersWaitForHalfOfTheirTime() {
        surroundings.config(
                TestConfig.of(folder, ALLOWED + "performance: {worker_processes: 1, request_timeout: 60}\n"));
        script("""
                import os, time
                open('pids', 'a').write(f'{os.getpid()}\\n')
                while not os.path.exists('go-on'): time.sleep(0.02)
                print('{"done": true}')
                """);
        KindFixture file = tool("", "", "");
        KindFixture hurried = tool("", "", "timeout: 1");
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                calls.add(CompletableFuture.supplyAsync(
                        () -> file.result("t", "{}").path("done").booleanValue(), callers));
            }
            Awaitility.await().until(() -> Files.exists(folder.resolve("pids")) && pids().size() == 4);
            assertThat(hurried.failure("t", "{}"))
                    .hasMessageContaining("was not started, because 4 others run")
                    .extracting("code", "retryable")
                    .containsExactly(ErrorCode.UNAVAILABLE, true);
            assertThat(pids()).hasSize(4);
            Files.createFile(folder.resolve("go-on"));
            assertThat(calls).allMatch(CompletableFuture::join);
            assertThat(pids()).hasSize(5);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @LiveKey("tools.allow_exec")
    void noProgramIsRunUnlessTheConfigurationAllowsIt() {
        script("open('ran', 'w'); print('{}')");
        KindFixture file = tool("", "", "");
        surroundings.config(TestConfig.of(folder, ""));
        assertThat(load("", "", "").faults())
                .singleElement()
                .asString()
                .contains("set tools.allow_exec to true in the configuration");
        assertThat(file.failure("t", "{}").code()).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[no-such-program-anywhere] | is no program that this server may run",
                "[./missing.py] | is no program that this server may run",
                "['${v}'] | without inputs in it",
                "[sh, '${nope}'] | ${nope} is no input",
                "[sh, '${env.HOME}'] | cannot stand here, where a client could see the secret",
                "[] | command"
            })
    void whatCannotWorkIsToldWhenTheFileIsRead(String command, String words) {
        KindFixture file = KindFixture.load("""
                tools:
                  - name: t
                    description: A tool of a test.
                    input: {v: {type: string}}
                    exec: {command: %s}
                """.formatted(command), surroundings);
        assertThat(file.faults()).singleElement().asString().contains(words);
    }

    @Test
    void aProgramBesideItsFileIsFound() throws Exception {
        Path program = Files.writeString(folder.resolve("hello"), "#!/bin/sh\necho '{\"a\": 1}'\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        for (String command : List.of("./hello", "'${dir}/hello'", program.toString())) {
            KindFixture file = KindFixture.load("""
                    tools:
                      - name: t
                        description: A tool of a test.
                        exec: {command: [%s]}
                    """.formatted(command), surroundings);
            assertThat(file.result("t", "{}").path("a").intValue()).isEqualTo(1);
        }
    }

    private void script(String program) {
        try {
            Files.writeString(folder.resolve("program.py"), program);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private KindFixture tool(String inputs, String arguments, String more) {
        KindFixture file = load(inputs, arguments, more);
        assertThat(file.faults()).isEmpty();
        return file;
    }

    private KindFixture load(String inputs, String arguments, String more) {
        return KindFixture.load("""
                tools:
                  - name: t
                    description: A tool of a test.
                    input: {%s}
                    exec:
                      command: [python3, program.py%s]
                      %s
                """.formatted(inputs, arguments, more), surroundings);
    }

    private List<Long> pids() {
        try {
            return Files.readAllLines(folder.resolve("pids")).stream()
                    .map(Long::valueOf)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A process that ended but that nobody asked after is dead too. */
    private static boolean isAlive(long pid) {
        Path stat = Path.of("/proc/" + pid + "/stat");
        try {
            return Files.exists(stat.getParent().getParent().resolve("self"))
                    ? !Files.readString(stat).replaceFirst("(?s).*\\) ", "").startsWith("Z")
                    : ProcessHandle.of(pid).isPresent();
        } catch (IOException e) {
            return false;
        }
    }
}
