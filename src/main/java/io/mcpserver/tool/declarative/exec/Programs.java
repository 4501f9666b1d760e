package io.mcpserver.tool.declarative.exec;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * The programs that run for calls.
 *
 * <p>Threads: safe for any number of callers; input, output and errors of a program have one each, because a pipe cannot be
 * waited for otherwise. Closing: ends all programs.
 */
final class Programs implements AutoCloseable {

    /** Holds a value of its own in each call, by which all processes of the call are known. */
    static final String MARK = "MCP_SERVER_CALL";

    /** What the system calls E2BIG. */
    private static final Pattern TOO_LONG = Pattern.compile("error[=:] ?7\\b");

    /** How long what a program wrote may take to be read after its end. */
    private static final int PATIENCE_SECONDS = 2;

    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("exec-", 1).factory());
    private final Set<ProcessTree> running = ConcurrentHashMap.newKeySet();
    private final Confinement confinement = Confinement.ofThisMachine();

    /**
     * Runs a program until it ends; then, or when its time is over, its output too large or the caller interrupted, it is
     * ended with all that it started.
     *
     * @throws CodedException {@code TIMEOUT}, {@code TOO_LARGE}, or {@code UNSUPPORTED} where it cannot be started
     */
    Finished run(Command command) throws InterruptedException {
        String mark = UUID.randomUUID().toString();
        Process process = start(command, mark);
        ProcessTree tree = new ProcessTree(process, mark);
        running.add(tree);
        try {
            CappedOutput output = new CappedOutput(command.limits().output(), tree::end);
            LastWords said = new LastWords();
            threads.execute(() -> feed(process, command.input()));
            Future<?> reading = threads.submit(() -> output.read(process.getInputStream()));
            Future<?> listening = threads.submit(() -> said.read(process.getErrorStream()));
            if (!process.waitFor(command.limits().time().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CodedException(
                        ErrorCode.TIMEOUT,
                        "The program of %s took longer than %s s and was stopped; ask for less, or try again later."
                                .formatted(
                                        command.tool(), command.limits().time().toMillis() / 1000.0));
            }
            tree.end();
            await(reading);
            await(listening);
            if (output.isExceeded()) {
                throw new CodedException(
                        ErrorCode.TOO_LARGE,
                        "The program of %s printed more than %,d bytes (max_output) and was stopped; ask for less."
                                .formatted(command.tool(), command.limits().output()));
            }
            return new Finished(process.exitValue(), output.bytes(), said.text());
        } finally {
            tree.end();
            running.remove(tree);
        }
    }

    @Override
    public void close() {
        running.forEach(ProcessTree::end);
        threads.shutdownNow();
    }

    private Process start(Command command, String mark) {
        ProcessBuilder builder = new ProcessBuilder(
                        confinement.confine(command.line(), command.limits().memory()))
                .directory(command.folder().toFile());
        Map<String, String> environment = builder.environment();
        String system = environment.get("SystemRoot");
        environment.clear();
        environment.putAll(command.environment());
        environment.put(MARK, mark);
        if (system != null) {
            environment.put("SystemRoot", system);
        }
        try {
            return builder.start();
        } catch (IOException e) {
            boolean tooLong = TOO_LONG.matcher(String.valueOf(e.getMessage())).find();
            throw new CodedException(
                    tooLong ? ErrorCode.TOO_LARGE : ErrorCode.UNSUPPORTED,
                    tooLong
                            ? "The arguments of " + command.tool()
                                    + " are longer than a program can be given; give shorter ones."
                            : "The program of " + command.tool() + " cannot be started; tell the operator.",
                    e);
        }
    }

    /** A program may close its input whenever it has read enough. */
    private static void feed(Process process, byte[] input) {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input);
        } catch (IOException e) {
            System.getLogger(Programs.class.getName()).log(System.Logger.Level.DEBUG, "feeding a program", e);
        }
    }

    /** What escaped from being ended may hold the pipe open; then what was read so far is all. */
    private static void await(Future<?> reader) throws InterruptedException {
        try {
            reader.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            System.getLogger(Programs.class.getName()).log(System.Logger.Level.DEBUG, "reading of a program", e);
        }
    }
}
