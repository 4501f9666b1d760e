package io.mcpserver.config.reload;

import io.mcpserver.config.ConfigLoader;
import io.mcpserver.config.ConfigRequest;
import io.mcpserver.config.ConfigSchema;
import io.mcpserver.config.ConfigValues;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.LoadedConfig;
import io.mcpserver.config.Problem;
import io.mcpserver.config.ProductionReadiness;
import io.mcpserver.config.ServerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads the configuration again, from where the start read it, and puts in force what can be without a restart; all of
 * that or nothing. What is wrong anywhere leaves everything as it was.
 *
 * <p>Threads: safe for any number of callers; a reload waits for the one before it, in the order in which they came.
 */
public final class Reloader {

    private static final System.Logger LOG = System.getLogger(Reloader.class.getName());

    private final LiveConfig live;
    private final ConfigRequest request;
    private final boolean production;
    private final List<ReloadStep> steps;
    private final List<Consumer<Reload>> listeners = new CopyOnWriteArrayList<>();
    private final ReloadHistory history = new ReloadHistory();
    private final ReentrantLock turn = new ReentrantLock(true);

    /** {@code null} until it is needed: most servers end without a reload. */
    private ConfigSchema schema;

    private ConfigValues inForce;
    private Optional<Path> file;

    /**
     * @param request what the start read; the command line and the environment win as they did then
     * @param atStart what it brought; valid, and in force in {@code live}
     * @param production whether what is unsafe in production is refused
     * @param steps in the order in which they are prepared and take effect
     */
    public Reloader(
            LiveConfig live,
            ConfigRequest request,
            LoadedConfig atStart,
            boolean production,
            List<? extends ReloadStep> steps) {
        this.live = live;
        this.request = request;
        this.production = production;
        this.steps = List.copyOf(steps);
        this.inForce = atStart.values().orElseThrow();
        this.file = atStart.file();
    }

    /** Reloads; what went wrong is in the result. */
    public Reload reload(ReloadTrigger trigger) {
        return inTurn(trigger, false);
    }

    /** Does everything up to the point at which something would change. */
    public Reload dryRun(ReloadTrigger trigger) {
        return inTurn(trigger, true);
    }

    /** The last ten, the newest first. */
    public List<Reload> history() {
        return history.all();
    }

    /** Has {@code listener} hear of each reload at its end, before the next one begins. */
    public void onEnd(Consumer<Reload> listener) {
        listeners.add(listener);
    }

    private Reload inTurn(ReloadTrigger trigger, boolean dryRun) {
        turn.lock();
        try {
            Reload done = run(trigger, dryRun);
            history.add(done);
            listeners.forEach(listener -> tell(listener, done));
            return done;
        } finally {
            turn.unlock();
        }
    }

    private static void tell(Consumer<Reload> listener, Reload done) {
        try {
            listener.accept(done);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.log(System.Logger.Level.ERROR, "The end of a reload could not be told", e);
        }
    }

    private Reload run(ReloadTrigger trigger, boolean dryRun) {
        Instant at = Instant.now();
        long began = System.nanoTime();
        Attempt attempt = new Attempt(dryRun);
        try {
            attempt.run();
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.log(System.Logger.Level.ERROR, "The configuration could not be read again", e);
            attempt.refuse(error("", "could not be read again; the log has the reason"));
        }
        return new Reload(
                live.generation(),
                attempt.outcome,
                dryRun,
                trigger,
                at,
                List.copyOf(attempt.changed),
                List.copyOf(attempt.applied),
                attempt.pending,
                List.copyOf(attempt.quarantined),
                List.copyOf(attempt.problems),
                Duration.ofNanos(System.nanoTime() - began));
    }

    private Problem error(String key, String message) {
        return problem(Problem.Severity.ERROR, key, message);
    }

    private Problem problem(Problem.Severity severity, String key, String message) {
        String source = file.map(Path::toString).orElse("configuration");
        return new Problem(severity, source, 0, 0, key, message, Optional.empty());
    }

    /** One reload on its way; called in turn. */
    private final class Attempt {

        private final boolean dryRun;
        private final List<Problem> problems = new ArrayList<>();
        private final List<String> changed = new ArrayList<>();
        private final List<String> applied = new ArrayList<>();
        private final List<String> quarantined = new ArrayList<>();
        private List<PendingKey> pending = List.of();
        private ReloadOutcome outcome = ReloadOutcome.REFUSED;

        Attempt(boolean dryRun) {
            this.dryRun = dryRun;
        }

        void refuse(Problem problem) {
            problems.add(problem);
            applied.clear();
            outcome = ReloadOutcome.REFUSED;
        }

        void run() {
            schema = schema == null ? ConfigSchema.load() : schema;
            LoadedConfig loaded = new ConfigLoader(schema).load(request);
            problems.addAll(loaded.problems());
            problems.removeIf(problem -> problem.severity() == Problem.Severity.NOTE);
            file.filter(known -> loaded.file().filter(known::equals).isEmpty() && !Files.exists(known))
                    .ifPresent(gone -> problems.add(error(
                            "", "was read before and is gone; put it back, or restart the server to run without it")));
            if (loaded.values().isEmpty() || refused()) {
                return;
            }
            ReloadPlan plan = ReloadPlan.of(schema, inForce, loaded.values().get());
            changed.addAll(plan.changed());
            pending = plan.pending();
            ServerConfig next = plan.live().isEmpty() ? live.now() : plan.next().config();
            Stream.concat(
                            ProductionReadiness.findings(loaded, production).stream(),
                            ProductionReadiness.findings(loaded.withValid(next), production).stream())
                    .distinct()
                    .forEach(problems::add);
            if (!refused()) {
                take(plan, next, loaded);
            }
        }

        private void take(ReloadPlan plan, ServerConfig next, LoadedConfig loaded) {
            PreparedSteps prepared = PreparedSteps.of(steps, next);
            List<LiveConfig.Next<?>> together = List.of();
            boolean goes = false;
            try {
                together = prepared.together();
                goes = goes(plan, prepared);
            } finally {
                if (!goes) {
                    prepared.abort();
                }
            }
            if (goes) {
                inForce = plan.next();
                swap(next, together, prepared);
            }
            if (!dryRun && !refused()) {
                file = loaded.file();
            }
        }

        /** Whether it takes effect; what is to be told of it is known after this. */
        private boolean goes(ReloadPlan plan, PreparedSteps prepared) {
            problems.addAll(prepared.problems());
            prepared.failures().forEach(failure -> problems.add(error("", failure)));
            quarantined.addAll(prepared.quarantined());
            if (refused()) {
                return false;
            }
            changed.addAll(prepared.changes());
            applied.addAll(plan.live());
            applied.addAll(prepared.changes());
            if (dryRun || applied.isEmpty()) {
                outcome = dryRun ? ReloadOutcome.DRY_RUN : ReloadOutcome.UNCHANGED;
                return false;
            }
            outcome = ReloadOutcome.APPLIED;
            return true;
        }

        /** Nothing of this is taken back: what fails here is told, and the rest takes effect. */
        private void swap(ServerConfig next, List<LiveConfig.Next<?>> together, PreparedSteps prepared) {
            List<String> failures = new ArrayList<>();
            try {
                live.replace(next, together);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "A part of the server did not follow a reload", e);
                failures.add("is in force, but a part of the server did not follow; the log has the reason");
            }
            failures.addAll(prepared.commit());
            failures.forEach(failure -> problems.add(problem(Problem.Severity.WARNING, "", failure)));
        }

        private boolean refused() {
            return problems.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
        }
    }
}
