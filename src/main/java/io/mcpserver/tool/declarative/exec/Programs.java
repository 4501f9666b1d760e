package io.mcpserver.tool.declarative.exec;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The programs that run for calls, so many at a time.
 *
 * <p>Threads: safe for any number of callers, each of which attends to its program itself. Closing: ends all programs.
 */
final class Programs implements AutoCloseable {

    /** Holds a value of its own in each call, by which all processes of the call are known. */
    static final String MARK = "MCP_SERVER_CALL";

    /** What the system calls E2BIG. */
    private static final Pattern TOO_LONG = Pattern.compile("error[=:] ?7\\b");

    /** How long a program that is silent is left alone. */
    private static final int LONGEST_PAUSE_MILLIS = 16;

    private final Set<ProcessTree> running = ConcurrentHashMap.newKeySet();
    private final Confinement confinement = Confinement.ofThisMachine();
    private final int most;
    private final Semaphore places;

    /** @param most programs at a time */
    Programs(int most) {
        this.most = most;
        this.places = new Semaphore(most, true);
    }

    /**
     * Runs a program until it ends; then, or when its time is over, its output too large or the caller interrupted, it is
     * ended with all that it started. Nothing here waits for what escapes from that.
     *
     * @param patience to wait for others to end
     * @throws CodedException {@code UNAVAILABLE} if too many others run, {@code TIMEOUT}, {@code TOO_LARGE}, or
     *     {@code UNSUPPORTED} where it cannot be started
     */
    Finished run(Command command, Duration patience) throws InterruptedException {
        if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new CodedException(
                    ErrorCode.UNAVAILABLE,
                    "The program of %s was not started, because %d others run, which is the most this server runs at a time; try again later."
                            .formatted(command.tool(), most));
        }
        try {
            return attend(command);
        } finally {
            places.release();
        }
    }

    private Finished attend(Command command) throws InterruptedException {
        String mark = UUID.randomUUID().toString();
        Process process = start(command, mark);
        ProcessTree tree = new ProcessTree(process, mark);
        running.add(tree);
        CappedOutput output = new CappedOutput(command.limits().output());
        LastWords said = new LastWords();
        PipeReader printed = new PipeReader(process.getInputStream(), output);
        PipeReader errors = new PipeReader(process.getErrorStream(), said);
        try {
            long start = System.nanoTime();
            int pause = 1;
            while (!process.waitFor(pause, TimeUnit.MILLISECONDS)) {
                boolean silent = !(printed.read() | errors.read());
                pause = silent ? Math.min(2 * pause, LONGEST_PAUSE_MILLIS) : 1;
                requireSize(output, command);
                if (System.nanoTime() - start > command.limits().time().toNanos()) {
                    throw new CodedException(
                            ErrorCode.TIMEOUT,
                            "The program of %s took longer than %s s and was stopped; ask for less, or try again later."
                                    .formatted(
                                            command.tool(),
                                            command.limits().time().toMillis() / 1000.0));
                }
            }
            // All that it wrote lies in the pipes by now, which are closed when it is ended.
            printed.read();
            errors.read();
            requireSize(output, command);
            return new Finished(process.exitValue(), output.bytes(), said.text());
        } finally {
            tree.end();
            running.remove(tree);
            release(process);
        }
    }

    private static void requireSize(CappedOutput output, Command command) {
        if (output.isExceeded()) {
            throw new CodedException(
                    ErrorCode.TOO_LARGE,
                    "The program of %s printed more than %,d bytes (max_output) and was stopped; ask for less."
                            .formatted(command.tool(), command.limits().output()));
        }
    }

    private static void release(Process process) {
        for (AutoCloseable pipe :
                List.of(process.getOutputStream(), process.getInputStream(), process.getErrorStream())) {
            try {
                pipe.close();
            } catch (Exception e) {
                System.getLogger(Programs.class.getName()).log(System.Logger.Level.DEBUG, "closing a pipe", e);
            }
        }
    }

    @Override
    public void close() {
        running.forEach(ProcessTree::end);
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
        try (StandardInput input = input(command)) {
            Process process = builder.redirectInput(input.source()).start();
            input.feed(process);
            return process;
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

    private static StandardInput input(Command command) {
        try {
            return new StandardInput(command.input());
        } catch (IOException e) {
            throw new CodedException(
                    ErrorCode.UNAVAILABLE,
                    "The input of the program of %s cannot be written to the folder for temporary files; tell the operator."
                            .formatted(command.tool()),
                    e);
        }
    }
}
