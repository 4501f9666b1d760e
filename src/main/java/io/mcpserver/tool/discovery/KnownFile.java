package io.mcpserver.tool.discovery;

import io.mcpserver.config.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file as it was last read.
 *
 * @param found how it looked before it was read
 * @param readAt when it was read
 * @param content fingerprint of what it contained; empty if it is not known
 * @param newest what that brings; empty if it cannot be used
 * @param live what serves: the newest, or an earlier version in its place
 * @param faults of the newest content
 * @param reason why the newest content cannot be used
 */
record KnownFile(
        FoundFile found,
        Instant readAt,
        String content,
        Optional<ToolVersion> newest,
        Optional<ToolVersion> live,
        List<Problem> faults,
        Optional<Reason> reason) {

    /** Within this time a file can be edited and look as before. */
    private static final Duration GRAIN = Duration.ofSeconds(2);

    /** Whether the file is certainly as it was read. */
    boolean unchangedIn(FoundFile now) {
        return !content.isEmpty()
                && found.equals(now)
                && now.stamp().modified().toInstant().plus(GRAIN).isBefore(readAt);
    }

    /** The same content, seen again. */
    KnownFile seen(FoundFile now, Instant at) {
        return new KnownFile(now, at, content, newest, live, faults, reason);
    }

    KnownFile serving(Optional<ToolVersion> version) {
        return new KnownFile(found, readAt, content, newest, version, faults, reason);
    }

    /** The newest content cannot be used after all, because of its tests. */
    KnownFile refused(List<Problem> more) {
        List<Problem> all = new ArrayList<>(faults);
        all.addAll(more);
        return new KnownFile(
                found, readAt, content, Optional.empty(), live, List.copyOf(all), Optional.of(Reason.TEST));
    }

    /** To be read again in any case. */
    KnownFile unsettled() {
        return new KnownFile(found, readAt, "", newest, live, faults, reason);
    }

    /** Whether another look may find it usable though nobody changes it. */
    boolean isUnsettled() {
        return content.isEmpty() && !reason.equals(Optional.of(Reason.UNREADABLE));
    }

    Problem error(String message) {
        return problem(Problem.Severity.ERROR, message);
    }

    Problem problem(Problem.Severity severity, String message) {
        return new Problem(severity, found.shown(), 0, 0, "", message, Optional.empty());
    }
}
