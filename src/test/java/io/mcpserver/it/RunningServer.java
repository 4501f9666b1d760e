package io.mcpserver.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A started program of the distribution: its streams, its port, its end.
 *
 * <p>Closing kills it and everything it started, whatever state it is in; {@link #stop} and {@link
 * #kill} are for tests that look at how it ends.
 */
final class RunningServer implements AutoCloseable {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final int port;
    private final CapturedOutput stdout;
    private final CapturedOutput stderr;

    RunningServer(Process process, int port) {
        this.process = process;
        this.port = port;
        this.stdout = new CapturedOutput(process.getInputStream());
        this.stderr = new CapturedOutput(process.getErrorStream());
    }

    long pid() {
        return process.pid();
    }

    int port() {
        return port;
    }

    /** {@code http://127.0.0.1:PORT} followed by {@code path}. */
    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Everything written to standard output so far. */
    CapturedOutput stdout() {
        return stdout;
    }

    /** Everything written to standard error so far. */
    CapturedOutput stderr() {
        return stderr;
    }

    /** Waits until {@code /q/health/ready} answers 200; fails with the output when the program ends first. */
    RunningServer awaitReady(Duration atMost) {
        Awaitility.await("readiness of " + uri("/"))
                .atMost(atMost)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .failFast(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("The server ended with exit code " + process.exitValue() + ": "
                                + stdout.text() + stderr.text());
                    }
                })
                .until(this::isReady);
        return this;
    }

    private boolean isReady() throws InterruptedException {
        HttpRequest probe = HttpRequest.newBuilder(uri("/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return CLIENT.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Writes one line to the program's input. */
    RunningServer send(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("The program no longer reads its input: " + stderr.text(), e);
        }
    }

    /** Ends the program's input. */
    RunningServer closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyClosed) {
            // The program ended before it read everything: its input is closed all the same.
        }
        return this;
    }

    /** Waits for the end and returns the exit code; everything written is captured then. */
    int awaitExit(Duration atMost) {
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("Still running after " + atMost + ": " + stdout.text() + stderr.text());
            }
            stdout.awaitEnd();
            stderr.awaitEnd();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    int exitCode() {
        return process.exitValue();
    }

    /** Sends SIGTERM and returns the exit code. */
    int stop() {
        terminate();
        return awaitExit(Duration.ofSeconds(30));
    }

    /** Sends SIGTERM and returns at once. */
    void terminate() {
        // Process.destroy() would close the streams as well, and what the program says at its end would be lost.
        process.toHandle().destroy();
    }

    /** {@code kill -9}; returns when it is gone. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(30));
    }

    /** Sends a signal by its name without SIG, and returns at once. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
