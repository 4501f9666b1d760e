package io.mcpserver.it;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A program that talks over its standard streams; looks at every line that it says and keeps none. */
final class StdioProgram implements AutoCloseable {

    private final Process process;
    private final CapturedOutput stderr;
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private Thread reader;

    private StdioProgram(Process process) {
        this.process = process;
        this.stderr = new CapturedOutput(process.getErrorStream());
    }

    /** What it says stays in the pipe until {@link #startReading}. */
    static StdioProgram unread(Process process) {
        return new StdioProgram(process);
    }

    void startReading() {
        reader = Thread.ofPlatform().daemon().start(this::read);
    }

    long pid() {
        return process.pid();
    }

    void send(String line) {
        send(line.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] line) {
        byte[] ended = new byte[line.length + 1];
        System.arraycopy(line, 0, ended, 0, line.length);
        ended[line.length] = '\n';
        sendPart(ended);
    }

    /** Sends bytes that need not be a line. */
    void sendPart(byte[] bytes) {
        try {
            OutputStream out = process.getOutputStream();
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The program no longer reads its input: " + stderr.text(), e);
        }
    }

    void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("The program no longer reads its input: " + stderr.text(), e);
        }
    }

    /** How many messages answered this id so far; {@code "null"} stands for none. */
    int answers(String id) {
        return answers.getOrDefault(id, 0);
    }

    void awaitAnswers(String id, int count, Duration atMost) {
        Awaitility.await("an answer to " + id).atMost(atMost).until(() -> answers(id) >= count);
    }

    /** What was wrong with the lines so far; at most twenty of them are told. */
    List<String> faults() {
        synchronized (faults) {
            return List.copyOf(faults);
        }
    }

    int awaitExit(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("Still running after " + atMost + "; it said: " + stderr.text());
        }
        reader.join(atMost);
        stderr.awaitEnd();
        return process.exitValue();
    }

    /** For the message of a failure. */
    String told(long seed) {
        return "; -Dhostile.seed=" + seed + "; on standard error: " + stderr.text();
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                look(line);
            }
        } catch (IOException killed) {
            // What came before it was looked at.
        }
    }

    private void look(String line) {
        Discretion.faultOfMessage(line)
                .ifPresentOrElse(
                        fault -> note(fault + " in " + line),
                        () -> answers.merge(String.valueOf(new JsonObject(line).getValue("id")), 1, Integer::sum));
    }

    private void note(String fault) {
        synchronized (faults) {
            if (faults.size() < 20) {
                faults.add(fault);
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
