package io.mcpserver.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.config.ConfigLoader;
import io.mcpserver.config.ConfigRequest;
import io.mcpserver.config.ConfigSchema;
import io.mcpserver.config.FlagValue;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSecretTest {

    private static final String CONFIGURED = "a secret that was configured, for one or more servers";

    @TempDir
    Path folder;

    @Test
    void theConfiguredSecretIsTakenAndTheDiskLeftAlone() {
        Path data = folder.resolve("data");
        assertThat(text(new ServerSecret(config(data, Map.of("MCP_SECURITY_SECRET", CONFIGURED)))))
                .isEqualTo(CONFIGURED);
        assertThat(data).doesNotExist();
    }

    @Test
    void nothingTouchesTheDiskBeforeTheSecretIsNeeded() {
        Path data = folder.resolve("data");
        Seal seal = new Seal(new ServerSecret(config(data)), "session");
        assertThat(seal.open("nothing that was ever sealed", new byte[0])).isEmpty();
        assertThat(data).doesNotExist();

        seal.seal(new byte[0], new byte[0]);

        assertThat(data.resolve("secret")).exists();
    }

    @Test
    void aSecretIsMadeOnceAndIsTheSameAfterARestart() throws IOException {
        Path data = folder.resolve("new/data");
        ServerSecret secret = new ServerSecret(config(data));
        String made = text(secret);

        assertThat(Base64.getDecoder().decode(made)).hasSize(32);
        assertThat(text(secret)).isEqualTo(made);
        assertThat(text(new ServerSecret(config(data)))).isEqualTo(made);
        assertThat(Files.readString(data.resolve("secret"))).isEqualTo(made + "\n");
        assertThat(text(new ServerSecret(config(folder.resolve("other"))))).isNotEqualTo(made);
    }

    @Test
    void aSealedValueIsOpenedAfterARestartAndByAServerThatWasGivenTheSameSecret() throws IOException {
        String sealed = new Seal(new ServerSecret(config(folder)), "session").seal(new byte[] {7}, new byte[0]);
        String kept = Files.readString(folder.resolve("secret")).strip();
        Map<String, String> environment = Map.of("MCP_SECURITY_SECRET", kept);

        assertThat(new Seal(new ServerSecret(config(folder)), "session").open(sealed, new byte[0]))
                .contains(new byte[] {7});
        assertThat(new Seal(new ServerSecret(config(folder.resolve("replica"), environment)), "session")
                        .open(sealed, new byte[0]))
                .contains(new byte[] {7});
    }

    @Test
    @EnabledOnOs(
            value = {OS.LINUX, OS.MAC},
            disabledReason = "Windows has no POSIX permissions")
    void onlyTheOwnerMayReadTheFileAndNothingElseIsLeftBeside() throws IOException {
        text(new ServerSecret(config(folder)));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secret"))))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("secret"));
        }
    }

    @Test
    void allThatStartAtOnceAgree() throws Exception {
        int starters = 8;
        try (ExecutorService threads = Executors.newFixedThreadPool(starters)) {
            for (int round = 0; round < 50; round++) {
                Path data = folder.resolve("data" + round);
                CyclicBarrier together = new CyclicBarrier(starters);
                List<Future<String>> found = new ArrayList<>();
                for (int i = 0; i < starters; i++) {
                    ServerSecret secret = new ServerSecret(config(data));
                    found.add(threads.submit(() -> {
                        together.await();
                        return text(secret);
                    }));
                }
                String kept = text(new ServerSecret(config(data)));
                for (Future<String> one : found) {
                    assertThat(one.get()).isEqualTo(kept);
                }
                try (Stream<Path> files = Files.list(data)) {
                    assertThat(files).hasSize(1);
                }
            }
        }
    }

    @Test
    void processesThatStartAtOnceAgree() throws Exception {
        Path data = folder.resolve("data");
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Starter.class.getName(),
                            data.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
        // Each says that it is ready and waits for a line, so that the start of Java does not set them apart.
        for (Process process : processes) {
            assertThat(process.getInputStream().read()).isEqualTo('.');
        }
        for (Process process : processes) {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }
        List<String> found = new ArrayList<>();
        for (Process process : processes) {
            found.add(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            assertThat(process.waitFor()).isZero();
        }
        assertThat(found).allMatch(text -> text.equals(text(new ServerSecret(config(data)))));
    }

    /** A process that needs the secret of the folder that it is given. */
    static final class Starter {

        public static void main(String[] arguments) throws IOException {
            ServerSecret secret = new ServerSecret(config(Path.of(arguments[0])));
            System.out.print('.');
            System.out.flush();
            System.in.read();
            System.out.print(text(secret));
            System.out.flush();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "too short to be a secret", "0123456789012345678901234567890 \n"})
    void aFileThatIsEmptyOrTooShortIsAnErrorThatSaysWhatToDo(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), content);
        assertUnusable(new ServerSecret(config(folder)), content.isBlank() ? "is empty" : "fewer than 32 characters");
        assertThat(file).hasContent(content);
    }

    @Test
    void aFileThatCannotBeReadIsAnErrorAndIsTriedAgain() throws IOException {
        Path file = Files.createDirectory(folder.resolve("secret"));
        ServerSecret secret = new ServerSecret(config(folder));
        assertUnusable(secret, "cannot be read");

        Files.delete(file);

        assertThat(text(secret)).hasSize(44);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "Nobody can write to /proc")
    void whereNothingCanBeKeptTheSecretLivesAsLongAsTheProcessAndAWarningSaysSo() {
        // Nobody can make a folder there, not even root.
        Path data = Path.of("/proc/mcp-server-data");
        ServerSecret secret = new ServerSecret(config(data));
        Logger logger = Logger.getLogger(ServerSecret.class.getName());
        List<String> said = new ArrayList<>();
        Handler handler = new Recorder(said);
        logger.addHandler(handler);
        try {
            String made = text(secret);

            assertThat(text(secret)).isEqualTo(made);
            assertThat(Base64.getDecoder().decode(made)).hasSize(32);
            assertThat(said).singleElement().satisfies(line -> assertThat(line)
                    .contains(data.toString(), "end with this process", "security.secret")
                    .doesNotContain(made));
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(text(new ServerSecret(config(data)))).isNotEqualTo(text(secret));
    }

    @Test
    void noTextOfAnObjectHoldsTheSecret() {
        ServerConfig config = config(folder, Map.of("MCP_SECURITY_SECRET", CONFIGURED));
        ServerSecret secret = new ServerSecret(config);
        Seal seal = new Seal(secret, "session");
        seal.seal(new byte[1], new byte[1]);
        assertThat(config + " " + secret + " " + seal).doesNotContain(CONFIGURED);
    }

    private static void assertUnusable(ServerSecret secret, String what) {
        assertThatThrownBy(() -> new Seal(secret, "session").seal(new byte[1], new byte[1]))
                .isInstanceOfSatisfying(CodedException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
                    assertThat(e).hasMessageContainingAll(what, "secret", "delete it", "security.secret");
                    StringWriter trace = new StringWriter();
                    e.printStackTrace(new PrintWriter(trace));
                    assertThat(trace.toString()).doesNotContain("too short to be a secret", "0123456789");
                });
    }

    private static String text(ServerSecret secret) {
        return new String(secret.bytes(), StandardCharsets.UTF_8);
    }

    private static ServerConfig config(Path data) {
        return config(data, Map.of());
    }

    private static ServerConfig config(Path data, Map<String, String> environment) {
        List<FlagValue> flags = List.of(new FlagValue("--data", "storage.path", data.toString()));
        return new ConfigLoader(ConfigSchema.load())
                .load(new ConfigRequest(Optional.empty(), flags, environment, data, data))
                .valid()
                .orElseThrow();
    }

    private static final class Recorder extends Handler {

        private final List<String> said;

        Recorder(List<String> said) {
            this.said = said;
        }

        @Override
        public void publish(LogRecord event) {
            said.add(new SimpleFormatter().formatMessage(event));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
