package io.mcpserver.tool.discovery;

import io.mcpserver.config.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a look into the tool directories brought.
 *
 * @param generation how often something has changed since the start
 * @param files all of them, in the order of folders and names; then those that were removed
 * @param problems of the folders; of {@link Outcome#FAILED} also why
 * @param taken how long the look took, tests included
 * @param again whether another look may find a file usable that has not changed by then, such as one whose tests could not
 *     be run
 */
public record DiscoveryReport(
        long generation,
        Outcome outcome,
        Instant at,
        Duration taken,
        List<FileState> files,
        List<Problem> problems,
        boolean again) {

    /** How it ended. */
    public enum Outcome {
        /** Nothing is different. */
        UNCHANGED,
        /** Everything that changed is in force. */
        APPLIED,
        /** Of what changed, something is quarantined; the rest is in force. */
        QUARANTINED,
        /** What was offered before still is: the new could not be put in its place. */
        FAILED;

        /** As metrics and JSON call it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final DiscoveryReport NOTHING =
            new DiscoveryReport(0, Outcome.UNCHANGED, Instant.EPOCH, Duration.ZERO, List.of(), List.of(), false);

    public DiscoveryReport {
        files = List.copyOf(files);
        problems = List.copyOf(problems);
    }

    /** Whether it says this of the folders and of the files that are there. */
    boolean tells(List<FileState> states, List<Problem> ofFolders) {
        List<FileState> present = files.stream()
                .filter(file -> file.state() != FileState.State.REMOVED)
                .toList();
        return states.equals(present) && ofFolders.equals(problems);
    }

    /** Those states, then the files that this report has and that are gone. */
    List<FileState> followedBy(List<FileState> states) {
        Set<String> present = states.stream().map(FileState::file).collect(Collectors.toSet());
        Stream<FileState> removed = files.stream()
                .filter(file -> file.state() != FileState.State.REMOVED && !present.contains(file.file()))
                .map(file ->
                        new FileState(file.file(), FileState.State.REMOVED, Optional.empty(), List.of(), List.of()));
        return Stream.concat(states.stream(), removed).toList();
    }

    /** The files that fare so. */
    public List<FileState> files(FileState.State state) {
        return files.stream().filter(file -> file.state() == state).toList();
    }
}
