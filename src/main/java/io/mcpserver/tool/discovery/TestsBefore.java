package io.mcpserver.tool.discovery;

import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.file.FileTest;
import io.mcpserver.tool.file.LoadedFile;
import io.mcpserver.tool.trial.TestReport;
import io.mcpserver.tool.trial.TestReport.Verdict;
import io.mcpserver.tool.trial.ToolTestBench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs the tests inside a file before it goes live, on tools of a reading of their own, which may not write to what the
 * server stores. A file whose tests could not be run is refused for now, and unsettled: the next look tries again.
 */
final class TestsBefore {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ServerConfig config;
    private final FileReading reading;
    private final Duration limit;
    private final boolean storeNeeded;
    private final Consumer<TestReport> told;
    private final long begin = System.nanoTime();

    /**
     * What tests say of a file.
     *
     * @param problems why it is refused; none where all passed
     * @param settled whether the same content would be refused again
     */
    private record Outcome(List<Problem> problems, boolean settled) {}

    TestsBefore(ServerConfig config, FileReading reading) {
        this(config, reading, LIMIT, true, report -> {});
    }

    /**
     * @param storeNeeded whether a file is refused whose tests found no store
     * @param told of each test that was run
     */
    TestsBefore(ServerConfig config, FileReading reading, boolean storeNeeded, Consumer<TestReport> told) {
        this(config, reading, LIMIT, storeNeeded, told);
    }

    /** @param limit for the tests of all files together */
    TestsBefore(
            ServerConfig config, FileReading reading, Duration limit, boolean storeNeeded, Consumer<TestReport> told) {
        this.config = config;
        this.reading = reading;
        this.limit = limit;
        this.storeNeeded = storeNeeded;
        this.told = told;
    }

    /** The file as it was, or refused where a test failed or could not be run. */
    KnownFile run(KnownFile file) {
        if (file.newest().isEmpty()
                || file.newest().equals(file.live())
                || file.newest().get().isTested()) {
            return file;
        }
        ToolVersion version = file.newest().get();
        Outcome outcome = version.tests().isEmpty() ? new Outcome(List.of(), true) : outcome(file);
        if (outcome.problems().isEmpty()) {
            version.setTested();
            return file;
        }
        KnownFile refused = file.refused(outcome.problems());
        return outcome.settled() ? refused : refused.unsettled();
    }

    private Outcome outcome(KnownFile file) {
        LoadedFile tried = reading.onTrial(file.found());
        try {
            if (!reading.isUnchanged(file)) {
                return new Outcome(
                        List.of(file.error("changed before its tests were run; it is read again at the next look")),
                        false);
            }
            if (!tried.usable()) {
                return new Outcome(
                        tried.problems().stream()
                                .filter(problem -> !file.faults().contains(problem))
                                .toList(),
                        true);
            }
            return outcome(file, tried);
        } finally {
            ToolVersion.close(file.found().shown(), tried.closing());
        }
    }

    private Outcome outcome(KnownFile file, LoadedFile tried) {
        List<Problem> problems = new ArrayList<>();
        boolean failed = false;
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
                TestReport report = TestReport.of(file.found().shown(), test, bench);
                told.accept(report);
                if (report.verdict() == Verdict.FAILED) {
                    failed = true;
                    problems.add(problem(file, test, "failed: " + report.said()));
                } else if (report.verdict() == Verdict.NOT_RUN && storeNeeded) {
                    problems.add(problem(file, test, "could not be run yet: " + report.said()));
                }
            }
        }
        return new Outcome(problems, failed);
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
}
