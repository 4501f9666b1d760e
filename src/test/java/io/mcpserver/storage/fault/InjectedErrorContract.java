package io.mcpserver.storage.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.StoreOpener;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever system call fails under a store, and however: what was acknowledged is there once after a restart, what was
 * refused is not, what nobody knows is there whole or not at all, and the index is equal to the record. Nothing hangs, every
 * error is a sentence, and when the system fails no more the store goes on. Flushes, writes, cuts, renames, deletions and
 * openings fail by strace, short writes come from a bound on the size of files. The number of rounds is the system property
 * {@code mcp.fault.rounds}, chance begins with {@code mcp.fault.seed}; all rounds work on one directory, so that damage would add up. Subclasses are tagged {@code
 * system}, for they need strace.
 */
public abstract class InjectedErrorContract {

    private static final System.Logger LOG = System.getLogger(InjectedErrorContract.class.getName());

    /** In one round of so many the process is killed while the fault is in force. */
    private static final int KILLED = 4;

    private final Random random = new Random(Long.getLong("mcp.fault.seed", 5));
    private final Promises promises = new Promises();

    @TempDir
    Path root;

    private String classpath;
    private FaultyProcess process;

    /** Opens the store with its index, here and in the victim. */
    protected abstract Class<? extends StoreOpener> opener();

    /** How many rounds there are where nobody says it. */
    protected int rounds() {
        return 12;
    }

    /** The calls by which the process writes files; those that it needs for other things cannot fail. */
    protected List<String> writes() {
        return List.of("write", "pwrite64");
    }

    /** Whether native code of the engine ends the whole process at such a fault, which then is as if it had been killed. */
    protected boolean mayEnd(List<String> calls) {
        return false;
    }

    @BeforeEach
    void prepare() throws Exception {
        Injection.assumePossible();
        classpath = classpath();
    }

    @Test
    void an_error_of_the_system_loses_nothing_that_was_acknowledged_and_keeps_nothing_that_was_refused()
            throws Exception {
        int rounds = Integer.getInteger("mcp.fault.rounds", rounds());
        long failures = 0;
        try {
            for (int round = 0; round < rounds; round++) {
                Fault fault = Fault.of(round, writes(), random);
                try {
                    failures += round(round, fault);
                    check();
                } catch (Exception | AssertionError e) {
                    throw new AssertionError("Round " + round + ", " + fault + ": " + e.getMessage() + log(), e);
                }
            }
        } finally {
            if (process != null) {
                process.close();
            }
        }
        LOG.log(
                System.Logger.Level.INFO,
                "{0}: {1} rounds, {2} calls failed, {3} writes acknowledged, {4} refused, none lost, none half",
                getClass().getSimpleName(),
                Integer.toString(rounds),
                Long.toString(failures),
                Integer.toString(promises.acknowledged()),
                Integer.toString(promises.refused()));
        assertThat(failures).as("calls that failed").isGreaterThan(rounds / 2);
        assertThat(promises.acknowledged()).as("acknowledged").isGreaterThan(rounds * 10);
        assertThat(promises.refused()).as("refused").isPositive();
    }

    /** Returns how many calls failed. */
    private long round(int round, Fault fault) throws Exception {
        if (process == null) {
            process = FaultyProcess.start(opener(), classpath, root.resolve("victim.log"));
        }
        boolean killed = random.nextInt(KILLED) == 0;
        boolean closed = !killed && random.nextBoolean();
        Injection injection = Injection.of(fault, process.pid(), root.resolve("strace" + round + ".log"));
        try (injection) {
            killed |= hasEnded("RUN " + root.resolve("data") + " " + (round + 1) + " " + closed, fault);
            if (killed) {
                process.close();
            }
        }
        if (killed) {
            process = null;
        } else {
            process.command("REST", promises::hear);
        }
        return injection.failures();
    }

    private boolean hasEnded(String command, Fault fault) throws Exception {
        try {
            process.command(command, promises::hear);
            return false;
        } catch (FaultyProcess.Ended e) {
            if (mayEnd(fault.calls())) {
                return true;
            }
            throw e;
        }
    }

    private void check() throws Exception {
        try (DocumentStore store =
                opener().getDeclaredConstructor().newInstance().open(root.resolve("data"))) {
            promises.check(store);
        }
    }

    /** The same classes from files that are opened once: a class that is found no more is no fault of a store. */
    private String classpath() throws IOException {
        List<String> parts = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            Path path = Path.of(part);
            parts.add(Files.isDirectory(path) ? jar(path, root.resolve(parts.size() + ".jar")) : part);
        }
        return String.join(java.io.File.pathSeparator, parts);
    }

    private static String jar(Path folder, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(folder)) {
            out.setLevel(0);
            for (Path one : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(folder.relativize(one).toString()));
                Files.copy(one, out);
                out.closeEntry();
            }
        }
        return jar.toString();
    }

    private String log() {
        try {
            List<String> lines = Files.readAllLines(root.resolve("victim.log"));
            return "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }
}
