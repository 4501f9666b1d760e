package io.mcpserver.tool.dropin;

import io.mcpserver.tool.ToolPolicy;
import io.mcpserver.tool.ToolPolicy.CachePolicy;
import io.mcpserver.tool.ToolPolicy.Rate;
import io.mcpserver.tool.ToolSpec.Hints;
import io.mcpserver.tool.api.Tool;
import io.mcpserver.tool.api.ToolDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an author says of how a tool is to be called, in the words of the server. */
final class ToolSettings {

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_CALLS = 1_000_000;
    private static final int LONGEST_KEPT = 86_400;

    private ToolSettings() {}

    static Hints hints(boolean readOnly, boolean destructive, boolean idempotent, boolean openWorld) {
        return new Hints(readOnly, destructive && !readOnly, idempotent || readOnly, openWorld);
    }

    /** @throws IllegalArgumentException if something is out of its range, naming it */
    static ToolPolicy policy(Tool said) {
        require(
                said.callsPerMinute() >= 0 && said.callsPerMinute() <= MOST_CALLS,
                "callsPerMinute must be 0 to 1000000");
        require(said.cacheSeconds() >= 0 && said.cacheSeconds() <= LONGEST_KEPT, "cacheSeconds must be 0 to 86400");
        require(said.cacheSeconds() == 0 || said.readOnly(), "cacheSeconds is for tools with readOnly = true");
        return new ToolPolicy(
                said.timeoutSeconds() == 0 ? Optional.empty() : timeout(Duration.ofSeconds(said.timeoutSeconds())),
                Optional.of(new Rate(said.callsPerMinute(), Duration.ofMinutes(1)))
                        .filter(rate -> rate.calls() > 0),
                Optional.of(said.scope()).filter(scope -> !scope.isEmpty()),
                Optional.of(said.cacheSeconds())
                        .filter(seconds -> seconds > 0)
                        .map(seconds -> new CachePolicy(Optional.of(Duration.ofSeconds(seconds)), Set.of())),
                said.confirm(),
                groups(said.groups()));
    }

    /** @throws IllegalArgumentException if something is out of its range, naming it */
    static ToolPolicy policy(ToolDefinition said) {
        return new ToolPolicy(
                said.timeout().flatMap(ToolSettings::timeout),
                Optional.empty(),
                said.scope(),
                Optional.empty(),
                false,
                groups(said.groups().toArray(String[]::new)));
    }

    private static Optional<Duration> timeout(Duration given) {
        require(
                given.isPositive() && given.compareTo(LONGEST) <= 0,
                "its timeout must be more than 0 and at most 3600 s");
        return Optional.of(given);
    }

    private static Set<String> groups(String... names) {
        for (String name : names) {
            require(name.matches("[A-Za-z0-9_.-]{1,64}"), "a group's name is 1 to 64 of A-Z a-z 0-9 _ . -");
        }
        return Set.copyOf(List.of(names));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
