package io.mcpserver.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A server of this program that is started for the occasion and spoken to over its standard streams, as a client would. */
public final class ChildLine implements ServerLine {

    private static final int MOST_SECONDS_TO_END = 12;

    private final Process process;
    private final LineReader lines;
    private long last;
    private volatile long open;
    private volatile boolean closed;

    private ChildLine(Process process) {
        this.process = process;
        this.lines = new LineReader(process.getInputStream());
    }

    /**
     * Starts it. What it says on standard error goes to that of this program.
     *
     * @param options of the configuration
     */
    public static ChildLine start(Path launcher, List<String> options) {
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "--transport", "stdio"));
        command.addAll(options);
        try {
            return new ChildLine(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new LineException("The server cannot be started by " + launcher + ": " + e.getMessage());
        }
    }

    @Override
    public ObjectNode ask(String method, ObjectNode params, Consumer<ObjectNode> heard) {
        long id = ++last;
        open = id;
        try {
            say(Messages.request(id, method, Messages.alone(id, params)));
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                JsonNode message = Messages.read(line.get()).orElseGet(Messages::object);
                if (Messages.answers(message, id)) {
                    return Messages.result(message);
                }
                if (message instanceof ObjectNode said && said.has("method")) {
                    heard.accept(said);
                }
            }
            throw ended();
        } catch (IOException e) {
            throw ended();
        } finally {
            open = 0;
        }
    }

    private synchronized void say(JsonNode message) throws IOException {
        OutputStream out = process.getOutputStream();
        out.write((message + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** What was wrong is on standard error already. */
    private LineException ended() {
        try {
            boolean over = process.waitFor(MOST_SECONDS_TO_END, TimeUnit.SECONDS);
            int code = over && process.exitValue() != 0 ? process.exitValue() : 1;
            return new LineException("The server ended before it answered.", code);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new LineException("The call was stopped.");
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            long unanswered = open;
            if (unanswered != 0) {
                say(Messages.notification(
                        "notifications/cancelled", Messages.object().put("requestId", unanswered)));
            }
            process.getOutputStream().close();
            if (process.waitFor(MOST_SECONDS_TO_END, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException gone) {
            // It has ended by itself.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
