package io.mcpserver.config.reload;

import io.mcpserver.config.ConfigSchema;
import io.mcpserver.config.ConfigValues;
import io.mcpserver.config.KeySchema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What another configuration means for a server that runs: which keys it changes, and which of them now.
 *
 * @param changed paths of all keys that have another value, in the order of the schema
 * @param live those of them that take effect now
 * @param pending those that need a restart
 * @param next what will be in force: the old values, but the new ones of the live keys
 */
record ReloadPlan(List<String> changed, List<String> live, List<PendingKey> pending, ConfigValues next) {

    /** The plan; a key is live only if the schema says so. */
    static ReloadPlan of(ConfigSchema schema, ConfigValues inForce, ConfigValues written) {
        List<String> changed = new ArrayList<>();
        List<String> live = new ArrayList<>();
        List<PendingKey> pending = new ArrayList<>();
        keys(schema).filter(key -> !inForce.agrees(written, key.path())).forEach(key -> {
            changed.add(key.path());
            if (key.live()) {
                live.add(key.path());
            } else {
                pending.add(new PendingKey(key.path(), inForce.value(key.path()).filter(value -> !key.holdsSecret())));
            }
        });
        return new ReloadPlan(
                List.copyOf(changed), List.copyOf(live), List.copyOf(pending), inForce.with(live, written));
    }

    private static Stream<KeySchema> keys(ConfigSchema schema) {
        return schema.sections().values().stream()
                .flatMap(section ->
                        section.entries().isPresent() ? Stream.of(section) : section.fields().values().stream());
    }
}
