package io.mcpserver.storage.lancedb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks a {@link RowProcess}, and starts another one where the last has ended. One thread at a time. */
final class RowProcessLine implements AutoCloseable {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final List<String> FLAGS = List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** How long a process may say nothing: each answer is lines that follow each other soon, or one that is made soon. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final Path dataset;
    private final Duration silence;
    /** Lines of answers. */
    private volatile int heard;

    private Process process;
    private BufferedReader answers;
    private int deaths;

    RowProcessLine(Path dataset) {
        this(dataset, SILENCE);
    }

    /** @param silence after which a process is taken for one that hangs, and ended */
    RowProcessLine(Path dataset, Duration silence) {
        this.dataset = dataset;
        this.silence = silence;
    }

    /** How many processes have ended before they had answered. */
    int deaths() {
        return deaths;
    }

    /**
     * Asks, and takes the lines of the answer as they come; what was taken before a failure is not all of it.
     *
     * @return why there is no whole answer, without a subject; empty where there is
     * @throws StoreException if the process cannot do anything here
     */
    Optional<String> ask(ObjectNode question, Consumer<JsonNode> line) {
        try {
            if (process == null || !process.isAlive()) {
                start();
            }
            OutputStream out = process.getOutputStream();
            out.write((question + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            end();
            throw StorageFault.of("The process that reads the documents cannot be started", e);
        }
        Watch watch = new Watch(process);
        try {
            for (String text = answers.readLine(); text != null; text = answers.readLine()) {
                heard++;
                JsonNode answer = MAPPER.readTree(text);
                if (answer.has("refused")) {
                    throw new StoreException(
                            ErrorCode.valueOf(answer.path("refused").asText()),
                            answer.path("error").asText());
                }
                if (answer.has("error")) {
                    return Optional.of("cannot be read: " + answer.path("error").asText());
                }
                if (answer.has("end")) {
                    return Optional.empty();
                }
                line.accept(answer);
            }
        } catch (IOException e) {
            System.getLogger(RowProcessLine.class.getName()).log(System.Logger.Level.DEBUG, "a broken answer", e);
        } finally {
            if (watch.stop()) {
                end();
            }
        }
        end();
        deaths++;
        return Optional.of("cannot be read: Lance's native code fails on it, or does not come to an end");
    }

    /** Ends a process that says nothing: what hangs in native code takes no question. */
    private final class Watch {

        private static final long STEP_MILLIS = 1_000;

        private final Process asked;
        private final Thread thread = Thread.ofVirtual().unstarted(this::run);
        private volatile boolean fired;

        Watch(Process asked) {
            this.asked = asked;
            thread.start();
        }

        /** Says whether it has ended the process. */
        boolean stop() {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return fired;
        }

        private void run() {
            try {
                int before = heard;
                // In steps, so that the time in which all processes were stopped does not count.
                for (long silent = 0; silent < silence.toMillis(); silent += STEP_MILLIS) {
                    Thread.sleep(STEP_MILLIS);
                    if (heard != before) {
                        before = heard;
                        silent = 0;
                    }
                }
                fired = true;
                asked.destroyForcibly();
            } catch (InterruptedException e) {
                // Nothing is awaited any more.
            }
        }
    }

    @Override
    public void close() {
        end();
    }

    private void start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        for (String property : List.of("java.library.path", "mcp.home")) {
            Optional.ofNullable(System.getProperty(property))
                    .ifPresent(value -> command.add("-D" + property + "=" + value));
        }
        command.addAll(List.of("-cp", classPath(), RowProcess.class.getName(), dataset.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        // What Lance has to say when it fails takes a second to write, and nobody reads it.
        builder.environment().put("RUST_BACKTRACE", "0");
        process = builder.start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** That of this process; in the distribution the jar that it was started with has all others beside it. */
    private static String classPath() {
        String path = System.getProperty("java.class.path");
        Path jar = Path.of(path.split(File.pathSeparator)[0]).toAbsolutePath();
        if (!jar.endsWith("quarkus-run.jar")) {
            return path;
        }
        return String.join(
                File.pathSeparator,
                jar.resolveSibling("app").resolve("*").toString(),
                jar.resolveSibling("lib").resolve("main").resolve("*").toString(),
                jar.resolveSibling("lib").resolve("boot").resolve("*").toString());
    }

    private void end() {
        if (process != null) {
            process.destroyForcibly();
            process = null;
        }
    }
}
