package io.mcpserver.tool.discovery;

import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.Offer;
import io.mcpserver.tool.file.Surroundings;
import io.mcpserver.tool.file.ToolFileFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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
    private Map<Path, KnownFile> known = Map.of();
    private boolean closed;
    private volatile DiscoveryReport last = DiscoveryReport.NOTHING;

    /** What was read, and which of it is to serve. */
    private record Looked(FileReading.Read read, NameClaims.Decision decision) {}

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
        return look(false);
    }

    /** Reads all files again, because the configuration against which they are held has changed. */
    public DiscoveryReport lookAgain() {
        return look(true);
    }

    /**
     * What would be wrong under another configuration; changes nothing.
     *
     * @param all whether all files are read again
     */
    public synchronized List<Problem> foresee(ServerConfig next, boolean all) {
        if (closed) {
            return List.of();
        }
        Looked looked = looked(next, all, folder -> new OtherConfig(surroundings.apply(folder), next));
        discardNew(looked);
        return Stream.concat(
                        looked.read().problems().stream(),
                        states(looked.decision()).stream().flatMap(file -> file.problems().stream()))
                .toList();
    }

    private synchronized DiscoveryReport look(boolean all) {
        if (closed) {
            return last;
        }
        long begin = System.nanoTime();
        Looked looked = looked(config.get(), all, surroundings);
        NameClaims.Decision decision = looked.decision();
        FileReading.Read read = looked.read();
        List<FileState> states = states(decision);
        Set<ToolVersion> before = versions(known, KnownFile::live);
        Set<ToolVersion> after = versions(decision.files(), KnownFile::live);
        DiscoveryReport report;
        if (before.equals(after) && !isNews(states, read.problems())) {
            List<ToolVersion> gone = gone(looked);
            known = decision.files();
            gone.forEach(ToolVersion::retire);
            report = report(
                    last.generation(),
                    DiscoveryReport.Outcome.UNCHANGED,
                    begin,
                    states,
                    read.problems(),
                    isUnsettled(known));
        } else {
            report = apply(looked, states, before, after, begin);
        }
        listeners.forEach(listener -> listener.accept(report));
        return report;
    }

    private Looked looked(ServerConfig under, boolean all, Function<Path, Surroundings> around) {
        ServerConfig.Tools tools = under.tools();
        List<Path> directories = tools.autoDiscover() ? tools.directories() : List.of();
        FileReading reading = new FileReading(new ToolDirectories(directories, formats::takes), formats, around);
        FileReading.Read read = reading.read(tools.testBeforeReload() ? known : withoutTests(known), all);
        Map<Path, KnownFile> files = tools.allowExec() ? read.files() : withoutPrograms(read.files());
        if (tools.testBeforeReload()) {
            files = each(files, new TestsBefore(under, reading)::run);
        }
        return new Looked(read, NameClaims.decide(files, outlet::owner));
    }

    /** What failed a test is read again where tests are no longer asked for. */
    private static Map<Path, KnownFile> withoutTests(Map<Path, KnownFile> files) {
        return each(files, file -> file.reason().equals(Optional.of(Reason.TEST)) ? file.unsettled() : file);
    }

    /** An earlier version does not go on in place of a broken file if it does what is no longer allowed. */
    private static Map<Path, KnownFile> withoutPrograms(Map<Path, KnownFile> files) {
        return each(files, file -> file.serving(file.live().filter(version -> !version.runsPrograms())));
    }

    private static Map<Path, KnownFile> each(Map<Path, KnownFile> files, UnaryOperator<KnownFile> change) {
        Map<Path, KnownFile> changed = new LinkedHashMap<>();
        files.forEach((path, file) -> changed.put(path, change.apply(file)));
        return changed;
    }

    private static boolean isUnsettled(Map<Path, KnownFile> files) {
        return files.values().stream().anyMatch(KnownFile::isUnsettled);
    }

    private DiscoveryReport apply(
            Looked looked, List<FileState> states, Set<ToolVersion> before, Set<ToolVersion> after, long begin) {
        NameClaims.Decision decision = looked.decision();
        List<Problem> problems = looked.read().problems();
        if (!before.equals(after)) {
            try {
                outlet.replace(offer(decision.files()));
            } catch (RuntimeException e) {
                return refused(looked, e, begin);
            }
            after.forEach(ToolVersion::setOffered);
        }
        List<ToolVersion> gone = gone(looked);
        DiscoveryReport.Outcome outcome = states.stream().anyMatch(this::newlyQuarantined) || !problems.isEmpty()
                ? DiscoveryReport.Outcome.QUARANTINED
                : DiscoveryReport.Outcome.APPLIED;
        DiscoveryReport report = report(
                last.generation() + 1, outcome, begin, withRemoved(states), problems, isUnsettled(decision.files()));
        known = decision.files();
        last = report;
        log.write(report);
        gone.forEach(ToolVersion::retire);
        return report;
    }

    /** Nothing is put in force, and no file is taken as known, so that the next look tries again. */
    private DiscoveryReport refused(Looked looked, RuntimeException why, long begin) {
        discardNew(looked);
        Problem problem =
                new Problem(Problem.Severity.ERROR, "tools.directories", 0, 0, "", why.getMessage(), Optional.empty());
        DiscoveryReport report =
                report(last.generation(), DiscoveryReport.Outcome.FAILED, begin, last.files(), List.of(problem), false);
        last = report;
        log.write(report);
        return report;
    }

    private static Offer offer(Map<Path, KnownFile> files) {
        List<Offer> offers = versions(files, KnownFile::live).stream()
                .map(ToolVersion::offer)
                .toList();
        return new Offer(
                offers.stream().flatMap(offer -> offer.tools().stream()).toList(),
                offers.stream().flatMap(offer -> offer.prompts().stream()).toList(),
                offers.stream().flatMap(offer -> offer.resources().stream()).toList());
    }

    private static Set<ToolVersion> versions(
            Map<Path, KnownFile> files, Function<KnownFile, Optional<ToolVersion>> which) {
        Set<ToolVersion> versions = new LinkedHashSet<>();
        files.values().forEach(file -> which.apply(file).ifPresent(versions::add));
        return versions;
    }

    /** What was known or read, and is not kept. */
    private List<ToolVersion> gone(Looked looked) {
        Set<ToolVersion> gone = all(known);
        gone.addAll(versions(looked.read().files(), KnownFile::newest));
        gone.removeAll(all(looked.decision().files()));
        return List.copyOf(gone);
    }

    private void discardNew(Looked looked) {
        Set<ToolVersion> read = versions(looked.read().files(), KnownFile::newest);
        read.removeAll(all(known));
        read.forEach(ToolVersion::discard);
    }

    private static Set<ToolVersion> all(Map<Path, KnownFile> files) {
        Set<ToolVersion> all = versions(files, KnownFile::live);
        all.addAll(versions(files, KnownFile::newest));
        return all;
    }

    private static List<FileState> states(NameClaims.Decision decision) {
        List<FileState> states = new ArrayList<>();
        decision.files().forEach((path, file) -> {
            List<Problem> problems = new ArrayList<>(file.faults());
            problems.addAll(decision.problems().getOrDefault(path, List.of()));
            boolean live = file.newest().isPresent() && file.newest().equals(file.live());
            states.add(new FileState(
                    file.found().shown(),
                    live ? FileState.State.LIVE : FileState.State.QUARANTINED,
                    live ? Optional.empty() : file.reason().or(() -> Optional.of(Reason.NAME)),
                    file.live().map(version -> OfferedName.of(version.offer())).orElse(List.of()),
                    problems));
        });
        return states;
    }

    private boolean isNews(List<FileState> states, List<Problem> problems) {
        List<FileState> present = last.files().stream()
                .filter(file -> file.state() != FileState.State.REMOVED)
                .toList();
        return !states.equals(present) || !problems.equals(last.problems());
    }

    private boolean newlyQuarantined(FileState state) {
        return state.state() == FileState.State.QUARANTINED && !last.files().contains(state);
    }

    private List<FileState> withRemoved(List<FileState> states) {
        Set<String> present = new HashSet<>();
        states.forEach(state -> present.add(state.file()));
        List<FileState> all = new ArrayList<>(states);
        last.files().stream()
                .filter(file -> file.state() != FileState.State.REMOVED && !present.contains(file.file()))
                .map(file ->
                        new FileState(file.file(), FileState.State.REMOVED, Optional.empty(), List.of(), List.of()))
                .forEach(all::add);
        return all;
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
    public synchronized void close() {
        closed = true;
        all(known).forEach(ToolVersion::discard);
        known = Map.of();
    }
}
