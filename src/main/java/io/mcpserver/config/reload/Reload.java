package io.mcpserver.config.reload;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * One reload, as it is answered, logged and kept; no value of a secret is in it.
 *
 * @param generation of the configuration that is in force after it
 * @param dryRun whether nothing was to change
 * @param at when it began, after it had waited for others
 * @param changed what has another value in the file, the environment or the command line than in force
 * @param applied what took effect, or would
 * @param needsRestart what takes effect with the next start only
 * @param quarantined files of tools that cannot be used as they are now, each as people call it; why is among the
 *     problems. Only where they were held against another configuration
 * @param problems errors, and warnings
 */
public record Reload(
        long generation,
        ReloadOutcome outcome,
        boolean dryRun,
        ReloadTrigger trigger,
        Instant at,
        List<String> changed,
        List<String> applied,
        List<PendingKey> needsRestart,
        List<String> quarantined,
        List<Problem> problems,
        Duration duration) {

    /** One object, with the names of these components. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("generation", generation)
                .put("outcome", outcome.word())
                .put("dry_run", dryRun)
                .put("trigger", trigger.name().toLowerCase(Locale.ROOT))
                .put("at", at.truncatedTo(ChronoUnit.MILLIS).toString());
        changed.forEach(json.putArray("changed")::add);
        applied.forEach(json.putArray("applied")::add);
        ArrayNode pending = json.putArray("needs_restart");
        needsRestart.forEach(key -> {
            ObjectNode entry = pending.addObject().put("key", key.key());
            key.inForce().ifPresent(value -> put(entry, value));
        });
        quarantined.forEach(json.putArray("quarantined")::add);
        ArrayNode found = json.putArray("problems");
        problems.forEach(problem -> put(found.addObject(), problem));
        return json.put("duration_ms", duration.toMillis());
    }

    private static void put(ObjectNode entry, Object value) {
        switch (value) {
            case Long number -> entry.put("in_force", number);
            case Double number -> entry.put("in_force", number);
            case Boolean flag -> entry.put("in_force", flag);
            default -> entry.put("in_force", PendingKey.shown(value));
        }
    }

    private static void put(ObjectNode entry, Problem problem) {
        entry.put("severity", problem.severity().name().toLowerCase(Locale.ROOT))
                .put("source", problem.source());
        if (problem.line() > 0) {
            entry.put("line", problem.line());
        }
        if (!problem.key().isEmpty()) {
            entry.put("key", problem.key());
        }
        entry.put("message", problem.render());
    }
}
