package io.mcpserver.tool.offline;

import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.Offer;
import io.mcpserver.tool.discovery.FileState;
import io.mcpserver.tool.discovery.FirstLook;
import io.mcpserver.tool.discovery.Reason;
import io.mcpserver.tool.file.FileTest;
import io.mcpserver.tool.trial.TestReport;
import io.mcpserver.tool.trial.TestReport.Verdict;
import io.mcpserver.tool.trial.ToolTestBench;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A tool file as a server would find it that starts now.
 *
 * @param done the tests that were run before it would go live
 */
public record OfflineFile(FirstLook.SeenFile seen, List<TestReport> done, ServerConfig config) {

    public OfflineFile {
        done = List.copyOf(done);
    }

    /** What people call it. */
    public String shown() {
        return seen.state().file();
    }

    /** Everything that is wrong with it. */
    public List<Problem> problems() {
        return seen.state().problems();
    }

    /** Whether a server would offer what it has. */
    public boolean usable() {
        return seen.state().state() == FileState.State.LIVE;
    }

    /** Why it would be quarantined. */
    public Optional<Reason> reason() {
        return seen.state().reason();
    }

    /** What it brings, whether a server would offer it or not. */
    public Offer offer() {
        return seen.offer();
    }

    /** What becomes of the tests in it, in their order; those of a file that failed one, as far as they were run. */
    public List<TestReport> test() {
        return test(seen.tests());
    }

    /** What becomes of those of its tests that ask no other server. */
    public List<TestReport> testOffline() {
        return test(seen.tests().stream().filter(test -> !test.needsNetwork()).toList());
    }

    private List<TestReport> test(List<FileTest> tests) {
        if (tests.isEmpty()) {
            return done.stream().map(OfflineFile::told).toList();
        }
        List<TestReport> reports = new ArrayList<>();
        try (ToolTestBench bench = ToolTestBench.of(config, seen.offer().tools())) {
            for (FileTest test : tests) {
                reports.add(told(done(test).orElseGet(() -> TestReport.of(shown(), test, bench))));
            }
        }
        return reports;
    }

    private Optional<TestReport> done(FileTest test) {
        return done.stream()
                .filter(report -> report.test().line() == test.line()
                        && report.test().name().equals(test.name())
                        && report.test().tool().equals(test.tool()))
                .findFirst();
    }

    private static TestReport told(TestReport report) {
        return report.verdict() != Verdict.NOT_RUN
                ? report
                : new TestReport(
                        report.file(),
                        report.test(),
                        Verdict.NOT_RUN,
                        "it reads the store of the server. " + report.said()
                                + " Give the test documents of its own with store or documents.");
    }
}
