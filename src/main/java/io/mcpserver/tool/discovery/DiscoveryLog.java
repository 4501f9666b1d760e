package io.mcpserver.tool.discovery;

import io.mcpserver.config.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Writes to the log what is new: one line for each fault, and one for the whole. */
final class DiscoveryLog {

    private static final Logger LOG = Logger.getLogger("io.mcpserver.tool.discovery");

    private final Set<Problem> known = new HashSet<>();

    void write(DiscoveryReport report) {
        List<Problem> problems = Stream.concat(
                        report.problems().stream(), report.files().stream().flatMap(file -> file.problems().stream()))
                .toList();
        problems.stream().filter(problem -> !known.contains(problem)).forEach(DiscoveryLog::write);
        known.clear();
        known.addAll(problems);
        long tools =
                report.files().stream().mapToLong(file -> file.tools().size()).sum();
        LOG.infof(
                "tool files: %d live, %d quarantined, %d removed; %d tools; generation %d, in %d ms",
                report.files(FileState.State.LIVE).size(),
                report.files(FileState.State.QUARANTINED).size(),
                report.files(FileState.State.REMOVED).size(),
                tools,
                report.generation(),
                report.taken().toMillis());
    }

    private static void write(Problem problem) {
        switch (problem.severity()) {
            case ERROR -> LOG.error(problem.inWords());
            case WARNING -> LOG.warn(problem.inWords());
            case NOTE -> LOG.info(problem.inWords());
        }
    }
}
