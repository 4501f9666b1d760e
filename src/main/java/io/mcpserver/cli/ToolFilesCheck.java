package io.mcpserver.cli;

import io.mcpserver.config.Problem;
import io.mcpserver.config.Problem.Severity;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.offline.OfflineFile;
import io.mcpserver.tool.offline.OfflineTools;
import io.mcpserver.tool.trial.TestReport;
import io.mcpserver.tool.trial.TestReport.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong with the tool files of a configuration.
 *
 * @param summary how many files, tools and tests there are
 */
record ToolFilesCheck(List<Problem> problems, String summary) {

    /**
     * Reads the files; empty where there are none, or where the configuration does not look for any.
     *
     * @param tests whether the tests in them are run
     */
    static Optional<ToolFilesCheck> of(ServerConfig config, boolean tests) {
        try (OfflineTools offline = new OfflineTools(config, tests)) {
            List<OfflineFile> files = offline.inDirectories();
            List<Problem> problems = offline.problems();
            return files.isEmpty() && problems.isEmpty() ? Optional.empty() : Optional.of(of(files, problems, tests));
        }
    }

    private static ToolFilesCheck of(List<OfflineFile> files, List<Problem> ofFolders, boolean tests) {
        List<Problem> problems = new ArrayList<>(ofFolders);
        int passed = 0;
        int tools = 0;
        for (OfflineFile file : files) {
            problems.addAll(file.problems());
            tools += file.offer().tools().size();
            if (tests && file.usable()) {
                List<TestReport> reports = file.testOffline();
                passed += (int) reports.stream().filter(TestReport::passed).count();
                reports.stream().filter(report -> !report.passed()).forEach(report -> problems.add(problem(report)));
            }
        }
        String tested = tests ? ", " + Words.count(passed, "test") + " passed" : "";
        return new ToolFilesCheck(
                problems, Words.count(files.size(), "tool file") + ": " + Words.count(tools, "tool") + tested);
    }

    private static Problem problem(TestReport report) {
        boolean failed = report.verdict() == Verdict.FAILED;
        return problem(
                failed ? Severity.ERROR : Severity.WARNING,
                report.file(),
                report.test().line(),
                "the test \"%s\" of %s %s: %s"
                        .formatted(
                                report.test().name(),
                                report.test().tool(),
                                failed ? "failed" : "was not run",
                                report.said()));
    }

    private static Problem problem(Severity severity, String file, int line, String message) {
        return new Problem(severity, file, line, 0, "", message, Optional.empty());
    }
}
