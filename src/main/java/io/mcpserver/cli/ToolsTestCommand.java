package io.mcpserver.cli;

import io.mcpserver.config.LoadedConfig;
import io.mcpserver.config.Problem;
import io.mcpserver.tool.discovery.Reason;
import io.mcpserver.tool.offline.OfflineFile;
import io.mcpserver.tool.offline.OfflineTools;
import io.mcpserver.tool.trial.TestReport;
import io.mcpserver.tool.trial.TestReport.Verdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the tests that stand in tool files. */
@Command(
        name = "test",
        description = {
            "Runs the tests that stand in tool files; without files, in those of tools.directories.",
            "",
            "Asks no server. A test that brings documents has a store of its own; any other reads the store of the"
                    + " configuration, and is not run while another process has it.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all passed, or were not run", "1:some failed", "2:wrong usage, configuration or file"},
        footerHeading = "%nExamples:%n",
        footer = {"  mcp-server tools test", "  mcp-server tools test tools/notes.yaml --verbose"})
final class ToolsTestCommand implements Callable<Integer> {

    @Mixin
    ConfigOptions options;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Tool files.")
    List<Path> files = new ArrayList<>();

    @Option(names = "--verbose", description = "Prints also the tests that passed.")
    boolean verbose;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        LoadedConfig loaded = options.load();
        loaded.problems(Problem.Severity.ERROR).forEach(problem -> err.println(problem.render()));
        if (loaded.valid().isEmpty()) {
            return ExitCode.USAGE;
        }
        try (OfflineTools tools = new OfflineTools(loaded.valid().get())) {
            List<OfflineFile> all = files.isEmpty() ? tools.inDirectories() : tools.read(files);
            tools.problems().forEach(problem -> err.println(problem.render()));
            return run(all, !tools.problems().isEmpty());
        }
    }

    private int run(List<OfflineFile> all, boolean foldersBroken) {
        PrintWriter err = spec.commandLine().getErr();
        boolean broken = foldersBroken;
        int passed = 0;
        int failed = 0;
        int left = 0;
        for (OfflineFile file : all) {
            // What its tests say is told below.
            boolean onlyTestsFail = file.reason().equals(Optional.of(Reason.TEST))
                    && file.done().stream().anyMatch(report -> !report.passed());
            if (!onlyTestsFail) {
                file.problems().forEach(problem -> err.println(problem.render()));
                broken |= !file.usable();
            }
            if (!file.usable() && !onlyTestsFail) {
                continue;
            }
            for (TestReport report : file.test()) {
                passed += report.verdict() == Verdict.PASSED ? 1 : 0;
                failed += report.verdict() == Verdict.FAILED ? 1 : 0;
                left += report.verdict() == Verdict.NOT_RUN ? 1 : 0;
                if (verbose || !report.passed()) {
                    (report.passed() ? spec.commandLine().getOut() : err).println(report.render());
                }
            }
        }
        spec.commandLine()
                .getOut()
                .println("%s: %d passed, %d failed%s"
                        .formatted(
                                Words.count(all.size(), "file"),
                                passed,
                                failed,
                                left > 0 ? ", %d not run".formatted(left) : ""));
        if (broken) {
            return ExitCode.USAGE;
        }
        return failed == 0 ? ExitCode.OK : ExitCode.FAILURE;
    }
}
