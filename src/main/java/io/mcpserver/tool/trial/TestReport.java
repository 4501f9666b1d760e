package io.mcpserver.tool.trial;

import io.mcpserver.tool.file.FileTest;

/**
 * What became of a test of a file.
 *
 * @param file as people call it
 * @param said what was expected and what came instead, or why it was not run; empty where it passed
 */
public record TestReport(String file, FileTest test, Verdict verdict, String said) {

    /** How a test can end. */
    public enum Verdict {
        PASSED,
        FAILED,
        /** What it needs is not there now, such as a store that another process has. */
        NOT_RUN
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
