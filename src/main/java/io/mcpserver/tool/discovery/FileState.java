package io.mcpserver.tool.discovery;

import io.mcpserver.config.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a file of tools fares.
 *
 * @param file what problems call it
 * @param reason of a file that is quarantined
 * @param names what it offers now; of a quarantined file, by its last version that could be used
 * @param problems what is wrong with it
 */
public record FileState(
        String file, State state, Optional<Reason> reason, List<OfferedName> names, List<Problem> problems) {

    /** How a file can fare. */
    public enum State {
        /** What it says is offered. */
        LIVE,
        /** It cannot be used; an earlier version of it serves, if there is one. */
        QUARANTINED,
        /** It is gone, and its tools with it. */
        REMOVED;

        /** As metrics and JSON call it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public FileState {
        names = List.copyOf(names);
        problems = List.copyOf(problems);
    }

    /** Its name without its folder. */
    public String name() {
        return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    }

    /** Names of the tools that it offers now. */
    public List<String> tools() {
        return names.stream()
                .filter(name -> name.kind() == OfferedName.Kind.TOOL)
                .map(OfferedName::name)
                .toList();
    }
}
