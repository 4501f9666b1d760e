package io.mcpserver.tool.trial;

import java.util.Optional;

/**
 * What became of a test of a file.
 *
 * @param file as people call it
 * @param line where the test stands, from 1
 * @param tool that it tests
 * @param failure what was expected and what came instead; empty where it passed
 */
public record TestReport(String file, int line, String tool, String test, Optional<String> failure) {

    public boolean passed() {
        return failure.isEmpty();
    }

    /** The test, and what is wrong, as one line for people. */
    public String render() {
        return "%s:%d: %s, %s: %s".formatted(file, line, tool, test, failure.orElse("passed"));
    }
}
