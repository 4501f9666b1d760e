package io.mcpserver.storage.fault;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A fault in force on a process, until closed. */
final class Injection implements AutoCloseable {

    private final long pid;
    private final Path log;
    private final Process tracer;

    private Injection(long pid, Path log, Process tracer) {
        this.pid = pid;
        this.log = log;
        this.tracer = tracer;
    }

    /** Leaves the test out where the programs are missing that make systems fail. */
    static void assumePossible() {
        for (String program : List.of("strace", "prlimit")) {
            boolean there = Stream.of("/usr/bin", "/bin", "/usr/local/bin")
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
            assumeTrue(there, program + " is not installed");
        }
    }

    /**
     * Puts a fault in force.
     *
     * @param log what failed, a line each
     * @param watched calls that are in the log too, with the names of their files
     */
    static Injection of(Fault fault, long pid, Path log, String... watched) throws IOException, InterruptedException {
        if (fault.bounded()) {
            bound(pid, Long.toString(fault.largestFile()));
            return new Injection(pid, log, null);
        }
        String calls = String.join(",", fault.calls());
        Process tracer = new ProcessBuilder(
                        "strace",
                        "--follow-forks",
                        "--attach=" + pid,
                        "--decode-fds=path",
                        "--trace=" + String.join(",", calls, String.join(",", watched)),
                        "--inject=" + calls + ":error=" + fault.error() + ":when=" + fault.first() + ".."
                                + fault.last(),
                        "--output=" + log)
                .redirectErrorStream(true)
                .start();
        BufferedReader said = tracer.inputReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        if (line == null || !line.contains("attached")) {
            throw new IOException("strace: " + line);
        }
        return new Injection(pid, log, tracer);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (tracer == null) {
            bound(pid, "unlimited");
            return;
        }
        tracer.destroy();
        if (!tracer.waitFor(20, TimeUnit.SECONDS)) {
            tracer.destroyForcibly();
        }
    }

    /** How many calls failed; of files that could not grow it is not known, and 1. */
    long failures() throws IOException {
        if (tracer == null) {
            return 1;
        }
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("(INJECTED)")).count();
        }
    }

    private static void bound(long pid, String bytes) throws IOException, InterruptedException {
        Process prlimit = new ProcessBuilder("prlimit", "--pid=" + pid, "--fsize=" + bytes + ":")
                .redirectErrorStream(true)
                .start();
        String said = new String(prlimit.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // A process that has ended needs its files bounded no more.
        if (prlimit.waitFor() != 0 && ProcessHandle.of(pid).isPresent()) {
            throw new IOException(said);
        }
    }
}
