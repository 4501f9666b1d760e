package io.mcpserver.tool.discovery;

import io.mcpserver.config.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Decides which version of each file serves, so that no name is offered twice: of two files with a name, the one that
 * has it already keeps it, or else the first of them; the other keeps its last version that has no such name.
 */
final class NameClaims {

    private final Map<Path, KnownFile> files;
    private final Function<OfferedName, Optional<String>> reserved;
    private final Map<Path, List<Problem>> problems = new HashMap<>();
    private final Map<OfferedName, Path> served = new HashMap<>();

    /**
     * What was decided.
     *
     * @param files with the version that serves
     * @param problems that names bring, by file
     */
    record Decision(Map<Path, KnownFile> files, Map<Path, List<Problem>> problems) {}

    private NameClaims(Map<Path, KnownFile> files, Function<OfferedName, Optional<String>> reserved) {
        this.files = files;
        this.reserved = reserved;
        files.forEach((path, file) ->
                file.live().ifPresent(live -> OfferedName.of(live.offer()).forEach(name -> served.put(name, path))));
    }

    /**
     * Decides for files whose {@code live} versions are those that served until now.
     *
     * @param reserved who has a name that no file may have, in words
     */
    static Decision decide(Map<Path, KnownFile> files, Function<OfferedName, Optional<String>> reserved) {
        return new NameClaims(files, reserved).decide();
    }

    private Decision decide() {
        Map<Path, Optional<ToolVersion>> chosen = new LinkedHashMap<>();
        files.forEach((path, file) -> chosen.put(
                path, file.newest().filter(version -> mayServe(file, version)).or(file::live)));
        // Each round takes a version out, so this ends.
        boolean clashed = true;
        while (clashed) {
            clashed = demote(chosen);
        }
        Map<Path, KnownFile> decided = new LinkedHashMap<>();
        files.forEach((path, file) -> decided.put(path, file.serving(chosen.get(path))));
        return new Decision(decided, problems);
    }

    /** Whether a version is free of names that cannot be had, whatever the other files do. */
    private boolean mayServe(KnownFile file, ToolVersion version) {
        Set<OfferedName> seen = new HashSet<>();
        List<String> faults = new ArrayList<>();
        for (OfferedName name : OfferedName.of(version.offer())) {
            if (!seen.add(name)) {
                faults.add("defines " + name.inWords() + " twice");
            }
            reserved.apply(name)
                    .ifPresent(owner -> faults.add(name.inWords() + " belongs to " + owner + "; take another name"));
        }
        faults.forEach(fault -> say(file, Problem.Severity.ERROR, fault));
        return faults.isEmpty();
    }

    private boolean demote(Map<Path, Optional<ToolVersion>> chosen) {
        Map<OfferedName, List<Path>> holders = new LinkedHashMap<>();
        chosen.forEach((path, version) -> version.ifPresent(serving -> OfferedName.of(serving.offer())
                .forEach(name ->
                        holders.computeIfAbsent(name, any -> new ArrayList<>()).add(path))));
        Set<Path> losers = new LinkedHashSet<>();
        holders.forEach((name, all) -> {
            Path keeper = keeper(name, all);
            for (Path loser : all) {
                if (!loser.equals(keeper)) {
                    clash(name, files.get(keeper), files.get(loser));
                    losers.add(loser);
                }
            }
        });
        losers.forEach(loser -> chosen.put(loser, fallback(files.get(loser), chosen.get(loser))));
        return !losers.isEmpty();
    }

    private Path keeper(OfferedName name, List<Path> holders) {
        Path before = served.get(name);
        return holders.contains(before) ? before : holders.getFirst();
    }

    private static Optional<ToolVersion> fallback(KnownFile file, Optional<ToolVersion> chosen) {
        return chosen.equals(file.live()) ? Optional.empty() : file.live();
    }

    private void clash(OfferedName name, KnownFile keeper, KnownFile loser) {
        String rename = "; a name belongs to one file, so rename one of the two";
        say(
                loser,
                Problem.Severity.ERROR,
                name.inWords() + " is also defined by " + keeper.found().shown() + ", which keeps it" + rename);
        say(
                keeper,
                Problem.Severity.WARNING,
                name.inWords() + " is also defined by " + loser.found().shown() + ", which is left out" + rename);
    }

    private void say(KnownFile file, Problem.Severity severity, String message) {
        problems.computeIfAbsent(file.found().path(), any -> new ArrayList<>()).add(file.problem(severity, message));
    }
}
