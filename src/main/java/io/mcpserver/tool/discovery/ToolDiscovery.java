package io.mcpserver.tool.discovery;

import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.file.Surroundings;
import io.mcpserver.tool.file.ToolFileFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The tools of files, put in force as one transaction: what changed is read, checked and, if the configuration says so,
 * tested; then everything that can be used is offered at once. A file that cannot be used keeps its last good version and
 * harms no other.
 *
 * <p>Threads: safe for any number of callers; a second look waits for the first. Closing: idempotent; what files hold is
 * given back at once, so calls must have ended.
 */
public final class ToolDiscovery implements AutoCloseable {

    private final Supplier<ServerConfig> config;
    private final ToolFormats formats;
    private final Function<Path, Surroundings> surroundings;
    private final ToolOutlet outlet;
    private final DiscoveryLog log = new DiscoveryLog();
    private final List<Consumer<DiscoveryReport>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock turn = new ReentrantLock();

    /** Changed in turn only. */
    private Map<Path, KnownFile> known = Map.of();

    private boolean closed;
    private volatile DiscoveryReport last = DiscoveryReport.NOTHING;

    /**
     * Nothing is looked at yet.
     *
     * @param config in force; asked for each look
     * @param surroundings of the files in a folder
     */
    public ToolDiscovery(Supplier<ServerConfig> config, Function<Path, Surroundings> surroundings, ToolOutlet outlet) {
        this(config, new ToolFormats(), surroundings, outlet);
    }

    /** With these formats in place of those that are found. */
    public ToolDiscovery(
            Supplier<ServerConfig> config,
            List<ToolFileFormat> formats,
            Function<Path, Surroundings> surroundings,
            ToolOutlet outlet) {
        this(config, new ToolFormats(formats), surroundings, outlet);
    }

    private ToolDiscovery(
            Supplier<ServerConfig> config,
            ToolFormats formats,
            Function<Path, Surroundings> surroundings,
            ToolOutlet outlet) {
        this.config = config;
        this.formats = formats;
        this.surroundings = surroundings;
        this.outlet = outlet;
    }

    /** What the last look that found something different brought, or the last that failed. */
    public DiscoveryReport last() {
        return last;
    }

    /** Has {@code listener} hear of each look, on the thread that looked; it must not block. */
    public void onLook(Consumer<DiscoveryReport> listener) {
        listeners.add(listener);
    }

    /** Looks for files that changed, and puts them in force; does nothing where none did. */
    public DiscoveryReport look() {
        turn.lock();
        try {
            if (closed) {
                return last;
            }
            long begin = System.nanoTime();
            Look look = looking(config.get(), surroundings).look(known, false);
            ToolOutlet.Swap swap;
            try {
                swap = swap(look);
            } catch (RuntimeException e) {
                return told(refused(e, begin));
            }
            return take(look, swap, begin);
        } finally {
            turn.unlock();
        }
    }

    /**
     * Makes ready what a configuration means for the files that is to be put in force; changes nothing yet.
     *
     * @param all whether all files are read again, because it allows something or not that they are held against
     * @return to be committed or aborted, on this thread
     * @throws RuntimeException if what the files bring cannot be offered; nothing has changed then
     */
    public PreparedTools prepare(ServerConfig next, boolean all) {
        turn.lock();
        NextConfig coming = new NextConfig(next);
        PreparedTools prepared = null;
        try {
            if (closed) {
                throw new IllegalStateException("The server is ending.");
            }
            long begin = System.nanoTime();
            Look look = looking(next, folder -> coming.around(surroundings.apply(folder)))
                    .look(known, all);
            prepared = new PreparedTools(this, coming, look, swap(look), begin);
            return prepared;
        } finally {
            if (prepared == null) {
                coming.settle();
                turn.unlock();
            }
        }
    }

    /** Gives back what was read where it cannot be offered. */
    private ToolOutlet.Swap swap(Look look) {
        if (!look.changesOffer()) {
            return () -> {};
        }
        try {
            return outlet.prepare(look.offer());
        } catch (RuntimeException e) {
            look.discardNew();
            throw e;
        }
    }

    /** Puts in force what a look found; in turn. */
    DiscoveryReport take(Look look, ToolOutlet.Swap swap, long begin) {
        DiscoveryReport report = report(look, begin);
        swap.take();
        look.serving().forEach(ToolVersion::setOffered);
        List<ToolVersion> gone = look.gone();
        known = look.files();
        if (report.outcome() != DiscoveryReport.Outcome.UNCHANGED) {
            last = report;
            log.write(report);
        }
        gone.forEach(ToolVersion::retire);
        return told(report);
    }

    void endTurn() {
        turn.unlock();
    }

    private Looking looking(ServerConfig under, Function<Path, Surroundings> around) {
        FileReading reading = new FileReading(ToolDirectories.of(under, formats), formats, around);
        Optional<TestsBefore> tests =
                under.tools().testBeforeReload() ? Optional.of(new TestsBefore(under, reading)) : Optional.empty();
        return new Looking(under, reading, tests, outlet::owner);
    }

    private DiscoveryReport told(DiscoveryReport report) {
        listeners.forEach(listener -> listener.accept(report));
        return report;
    }

    private DiscoveryReport report(Look look, long begin) {
        List<FileState> states = look.states();
        List<Problem> problems = look.problems();
        if (!look.changesOffer() && last.tells(states, problems)) {
            return report(
                    last.generation(), DiscoveryReport.Outcome.UNCHANGED, begin, states, problems, look.isUnsettled());
        }
        DiscoveryReport.Outcome outcome = states.stream().anyMatch(this::newlyQuarantined) || !problems.isEmpty()
                ? DiscoveryReport.Outcome.QUARANTINED
                : DiscoveryReport.Outcome.APPLIED;
        return report(last.generation() + 1, outcome, begin, last.followedBy(states), problems, look.isUnsettled());
    }

    private boolean newlyQuarantined(FileState state) {
        return state.state() == FileState.State.QUARANTINED && !last.files().contains(state);
    }

    /** Nothing is put in force, and no file is taken as known, so that the next look tries again. */
    private DiscoveryReport refused(RuntimeException why, long begin) {
        Problem problem =
                new Problem(Problem.Severity.ERROR, "tools.directories", 0, 0, "", why.getMessage(), Optional.empty());
        last = report(last.generation(), DiscoveryReport.Outcome.FAILED, begin, last.files(), List.of(problem), false);
        log.write(last);
        return last;
    }

    private static DiscoveryReport report(
            long generation,
            DiscoveryReport.Outcome outcome,
            long begin,
            List<FileState> files,
            List<Problem> problems,
            boolean again) {
        return new DiscoveryReport(
                generation,
                outcome,
                Instant.now(),
                Duration.ofNanos(System.nanoTime() - begin),
                files,
                problems,
                again);
    }

    @Override
    public void close() {
        turn.lock();
        try {
            closed = true;
            Look.all(known).forEach(ToolVersion::discard);
            known = Map.of();
        } finally {
            turn.unlock();
        }
    }
}
