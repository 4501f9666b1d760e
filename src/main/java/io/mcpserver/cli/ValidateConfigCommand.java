package io.mcpserver.cli;

import io.mcpserver.config.LoadedConfig;
import io.mcpserver.config.Problem;
import io.mcpserver.config.ProductionReadiness;
import io.mcpserver.tool.source.SourceCheck;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks the configuration and starts nothing. */
@Command(
        name = "validate-config",
        description = {
            "Checks the configuration and the tool files, prints every fault with file, line and key, runs the tests in tool"
                    + " files, and starts nothing.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mcp-server validate-config",
            "      the configuration that serve would take",
            "  mcp-server validate-config --config /etc/mcp-server/config.yaml --prod",
            "      this file, and whether it is safe in production"
        })
final class ValidateConfigCommand implements Callable<Integer> {

    @Mixin
    ServeOptions options;

    @Option(names = "--no-tests", description = "Leaves the tests in tool files out.")
    boolean noTests;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        return run(
                options,
                !noTests,
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
    }

    static int run(ServeOptions options, boolean tests, PrintWriter out, PrintWriter err) {
        LoadedConfig loaded = options.load();
        List<Problem> problems = new ArrayList<>(loaded.problems());
        loaded.valid().ifPresent(config -> problems.addAll(ProductionReadiness.findings(loaded, options.prod)));
        loaded.valid().ifPresent(config -> problems.addAll(SourceCheck.problems(config, loaded.shownFile())));
        Optional<ToolFilesCheck> tools = loaded.valid().flatMap(config -> ToolFilesCheck.of(config, tests));
        tools.ifPresent(check -> problems.addAll(check.problems()));
        problems.forEach(problem -> err.println(problem.render()));
        String summary = loaded.shownFile() + ": " + count(problems, Problem.Severity.ERROR, "error") + ", "
                + count(problems, Problem.Severity.WARNING, "warning") + ", "
                + count(problems, Problem.Severity.NOTE, "note");
        if (problems.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR)) {
            err.println(summary);
            return ExitCode.USAGE;
        }
        out.println(
                loaded.file().isPresent()
                        ? summary
                        : "no file, defaults: " + summary.substring(summary.indexOf(' ') + 1));
        tools.ifPresent(check -> out.println(check.summary()));
        return ExitCode.OK;
    }

    private static String count(List<Problem> problems, Problem.Severity severity, String noun) {
        long number = problems.stream()
                .filter(problem -> problem.severity() == severity)
                .count();
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
