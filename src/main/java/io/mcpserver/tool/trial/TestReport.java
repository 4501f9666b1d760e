package io.mcpserver.tool.trial;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.file.FileTest;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What became of a test of a file.
 *
 * @param file as people call it
 * @param said what was expected and what came instead, or why it was not run; empty where it passed
 */
public record TestReport(String file, FileTest test, Verdict verdict, String said) {

    /** They say nothing of the file, and pass. */
    private static final Set<ErrorCode> NO_STORE = Set.of(ErrorCode.STORE_LOCKED, ErrorCode.STORE_UNAVAILABLE);

    /** How a test can end. */
    public enum Verdict {
        PASSED,
        FAILED,
        /** What it needs is not there now, such as a store that another process has. */
        NOT_RUN
    }

    /** Runs a test; what it throws is a failure of it. */
    public static TestReport of(String file, FileTest test, FileTest.Bench bench) {
        AtomicReference<String> noStore = new AtomicReference<>();
        Optional<String> failure = failure(test, (tool, arguments, caller) -> {
            ToolOutcome outcome = bench.call(tool, arguments, caller);
            if (outcome instanceof ToolOutcome.Failure failed
                    && NO_STORE.contains(failed.failure().code())) {
                noStore.set(failed.failure().getMessage());
            }
            return outcome;
        });
        if (failure.isEmpty()) {
            return new TestReport(file, test, Verdict.PASSED, "");
        }
        return noStore.get() == null
                ? new TestReport(file, test, Verdict.FAILED, failure.get())
                : new TestReport(file, test, Verdict.NOT_RUN, noStore.get());
    }

    private static Optional<String> failure(FileTest test, FileTest.Bench bench) {
        try {
            return test.run(bench);
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.of("it could not be run (" + e.getClass().getSimpleName() + ")");
        }
    }

    public boolean passed() {
        return verdict == Verdict.PASSED;
    }

    /** The test, and what became of it, as one line for people. */
    public String render() {
        String became =
                switch (verdict) {
                    case PASSED -> "passed";
                    case FAILED -> "failed: " + said;
                    case NOT_RUN -> "was not run: " + said;
                };
        return "%s:%d: the test \"%s\" of %s %s".formatted(file, test.line(), test.name(), test.tool(), became);
    }
}
