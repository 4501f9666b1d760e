package io.mcpserver.tool.trial;

import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.file.FileTest;
import io.mcpserver.tool.file.LoadedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A tool file as it was read without a server.
 *
 * @param shown what people call it
 * @param clashes names that another file has as well
 */
public record OfflineFile(String shown, LoadedFile loaded, List<Problem> clashes, ServerConfig config) {

    public OfflineFile {
        clashes = List.copyOf(clashes);
    }

    /** Everything that is wrong with it. */
    public List<Problem> problems() {
        List<Problem> all = new ArrayList<>(loaded.problems());
        all.addAll(clashes);
        return all;
    }

    /** Whether a server would offer what it has. */
    public boolean usable() {
        return problems().stream().noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    }

    /** Runs the tests in it, in their order. */
    public List<TestReport> test() {
        return test(loaded.tests());
    }

    /** Runs those of its tests that ask no other server. */
    public List<TestReport> testOffline() {
        return test(loaded.tests().stream().filter(test -> !test.needsNetwork()).toList());
    }

    private List<TestReport> test(List<FileTest> tests) {
        try (ToolTestBench bench = ToolTestBench.of(config, loaded.offer().tools())) {
            return tests.stream().map(test -> report(test, bench)).toList();
        }
    }

    private TestReport report(FileTest test, FileTest.Bench bench) {
        AtomicReference<String> locked = new AtomicReference<>();
        Optional<String> failure = test.run((tool, arguments, caller) -> {
            ToolOutcome outcome = bench.call(tool, arguments, caller);
            if (outcome instanceof ToolOutcome.Failure failed
                    && failed.failure().code() == ErrorCode.STORE_LOCKED) {
                locked.set(failed.failure().getMessage());
            }
            return outcome;
        });
        if (failure.isEmpty()) {
            return new TestReport(shown, test, TestReport.Verdict.PASSED, "");
        }
        return locked.get() == null
                ? new TestReport(shown, test, TestReport.Verdict.FAILED, failure.get())
                : new TestReport(
                        shown,
                        test,
                        TestReport.Verdict.NOT_RUN,
                        "it reads the store of the server. " + locked.get()
                                + " Give the test documents of its own with store or documents.");
    }
}
