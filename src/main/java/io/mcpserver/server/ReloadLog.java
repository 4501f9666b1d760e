package io.mcpserver.server;

import io.mcpserver.config.Problem;
import io.mcpserver.config.reload.PendingKey;
import io.mcpserver.config.reload.Reload;
import io.mcpserver.config.reload.ReloadTrigger;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Says of each reload what it did, with the generation that is in force after it. */
final class ReloadLog {

    private static final Logger LOG = Logger.getLogger(ReloadLog.class);

    private ReloadLog() {}

    static void write(Reload reload) {
        String by = (reload.dryRun() ? "dry run by " : "reload by ")
                + reload.trigger().words();
        long generation = reload.generation();
        switch (reload.outcome()) {
            case APPLIED, DRY_RUN -> {
                LOG.infof("configuration: %s, generation %d%s", by, generation, words(reload));
                problems(reload);
            }
            case UNCHANGED -> {
                // A file is touched for many reasons.
                boolean quiet = reload.trigger() == ReloadTrigger.FILE
                        && reload.needsRestart().isEmpty();
                LOG.logf(
                        quiet ? Logger.Level.DEBUG : Logger.Level.INFO,
                        "configuration: %s changed nothing, generation %d%s",
                        by,
                        generation,
                        words(reload));
            }
            case REFUSED -> {
                LOG.errorf("configuration: %s was refused and changed nothing, generation %d", by, generation);
                problems(reload);
            }
        }
    }

    private static void problems(Reload reload) {
        for (Problem problem : reload.problems()) {
            boolean error = problem.severity() == Problem.Severity.ERROR;
            LOG.log(error ? Logger.Level.ERROR : Logger.Level.WARN, problem.inWords());
        }
    }

    private static String words(Reload reload) {
        return part("took effect", reload.applied())
                + part(
                        "needs a restart",
                        reload.needsRestart().stream().map(PendingKey::inWords).toList());
    }

    private static String part(String what, List<String> keys) {
        return keys.isEmpty() ? "" : keys.stream().collect(Collectors.joining(", ", "; " + what + ": ", ""));
    }
}
