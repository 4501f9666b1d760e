package io.mcpserver.tool.discovery;

import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.file.FileTest;
import io.mcpserver.tool.file.LoadedFile;
import io.mcpserver.tool.trial.ToolTestBench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs the tests inside a file before it goes live, on tools of a reading of their own, which may not write to what the
 * server stores. A file whose tests could not be run is refused for now, and unsettled: the next look tries again.
 */
final class TestsBefore {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** They say nothing of the file, and pass. */
    private static final Set<ErrorCode> NO_STORE = Set.of(ErrorCode.STORE_LOCKED, ErrorCode.STORE_UNAVAILABLE);

    private final ServerConfig config;
    private final FileReading reading;
    private final Duration limit;
    private final long begin = System.nanoTime();

    /**
     * What tests say of a file.
     *
     * @param problems why it is refused; none where all passed
     * @param settled whether the same content would be refused again
     */
    private record Verdict(List<Problem> problems, boolean settled) {}

    TestsBefore(ServerConfig config, FileReading reading) {
        this(config, reading, LIMIT);
    }

    /** @param limit for the tests of all files together */
    TestsBefore(ServerConfig config, FileReading reading, Duration limit) {
        this.config = config;
        this.reading = reading;
        this.limit = limit;
    }

    /** The file as it was, or refused where a test failed or could not be run. */
    KnownFile run(KnownFile file) {
        if (file.newest().isEmpty()
                || file.newest().equals(file.live())
                || file.newest().get().isTested()) {
            return file;
        }
        ToolVersion version = file.newest().get();
        Verdict verdict = version.tests().isEmpty() ? new Verdict(List.of(), true) : verdict(file);
        if (verdict.problems().isEmpty()) {
            version.setTested();
            return file;
        }
        KnownFile refused = file.refused(verdict.problems());
        return verdict.settled() ? refused : refused.unsettled();
    }

    private Verdict verdict(KnownFile file) {
        LoadedFile tried = reading.onTrial(file.found());
        try {
            if (!reading.isUnchanged(file)) {
                return new Verdict(
                        List.of(file.error("changed before its tests were run; it is read again at the next look")),
                        false);
            }
            if (!tried.usable()) {
                return new Verdict(
                        tried.problems().stream()
                                .filter(problem -> !file.faults().contains(problem))
                                .toList(),
                        true);
            }
            return verdict(file, tried);
        } finally {
            ToolVersion.close(file.found().shown(), tried.closing());
        }
    }

    private Verdict verdict(KnownFile file, LoadedFile tried) {
        List<Problem> problems = new ArrayList<>();
        AtomicBoolean failed = new AtomicBoolean();
        try (ToolTestBench bench = ToolTestBench.of(config, tried.offer().tools())) {
            for (FileTest test : tried.tests()) {
                if (test.needsNetwork()) {
                    continue;
                }
                if (System.nanoTime() - begin > limit.toNanos()) {
                    problems.add(problem(
                            file,
                            test,
                            "could not be run yet: the tests before it took longer than %d s"
                                    .formatted(limit.toSeconds())));
                    break;
                }
                AtomicBoolean noStore = new AtomicBoolean();
                run(test, bench, noStore).ifPresent(why -> {
                    failed.compareAndSet(false, !noStore.get());
                    problems.add(problem(file, test, (noStore.get() ? "could not be run yet: " : "failed: ") + why));
                });
            }
        }
        return new Verdict(problems, failed.get());
    }

    private static Problem problem(KnownFile file, FileTest test, String how) {
        return new Problem(
                Problem.Severity.ERROR,
                file.found().shown(),
                test.line(),
                0,
                "",
                "the test \"%s\" of %s %s".formatted(test.name(), test.tool(), how),
                Optional.empty());
    }

    private static Optional<String> run(FileTest test, FileTest.Bench bench, AtomicBoolean noStore) {
        try {
            return test.run((tool, arguments, caller) -> {
                ToolOutcome outcome = bench.call(tool, arguments, caller);
                if (outcome instanceof ToolOutcome.Failure failed
                        && NO_STORE.contains(failed.failure().code())) {
                    noStore.set(true);
                }
                return outcome;
            });
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.of("it could not be run (" + e.getClass().getSimpleName() + ")");
        }
    }
}
