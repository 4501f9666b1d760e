package io.mcpserver.config.reload;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.reload.ReloadStep.Prepared;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What all steps of one reload prepared, as one. */
final class PreparedSteps {

    private static final System.Logger LOG = System.getLogger(PreparedSteps.class.getName());

    private final List<Prepared> prepared = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    private PreparedSteps() {}

    /** Prepares one after the other; all of them, so that everything that is wrong is told. */
    static PreparedSteps of(List<ReloadStep> steps, ServerConfig next) {
        PreparedSteps all = new PreparedSteps();
        for (ReloadStep step : steps) {
            try {
                all.prepared.add(step.prepare(next));
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                all.failures.add(failed(step, "could not be prepared", e));
            }
        }
        return all;
    }

    /** What was thrown instead of a word on what is wrong, each as a sentence. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    List<Problem> problems() {
        return prepared.stream().flatMap(step -> step.problems().stream()).toList();
    }

    List<String> changes() {
        return prepared.stream().flatMap(step -> step.changes().stream()).toList();
    }

    List<String> quarantined() {
        return prepared.stream().flatMap(step -> step.quarantined().stream()).toList();
    }

    List<LiveConfig.Next<?>> together() {
        List<LiveConfig.Next<?>> all = new ArrayList<>();
        prepared.forEach(step -> all.addAll(step.together()));
        return all;
    }

    /** Lets all take effect; what failed though it must not, each as a sentence. */
    List<String> commit() {
        return each(Prepared::commit, "did not take effect");
    }

    void abort() {
        each(Prepared::abort, "could not be thrown away");
    }

    private List<String> each(Consumer<Prepared> action, String otherwise) {
        List<String> failed = new ArrayList<>();
        for (Prepared step : prepared) {
            try {
                action.accept(step);
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                failed.add(failed(step, otherwise, e));
            }
        }
        return failed;
    }

    private static String failed(Object step, String how, Throwable why) {
        String sentence = "what " + step.getClass().getSimpleName() + " made ready " + how + "; the log has the reason";
        LOG.log(System.Logger.Level.ERROR, sentence, why);
        return sentence;
    }
}
