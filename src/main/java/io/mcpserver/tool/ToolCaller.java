package io.mcpserver.tool;

import io.mcpserver.config.ServerConfig.ApiKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls.
 *
 * @param name of the key; an empty text where no key is needed, as over stdio
 * @param namespace whose data the caller works on
 * @param scopes what the caller may do; without any, everything
 * @param groups the groups of tools that the caller is offered; without any, all
 * @param claims what else is known of the caller
 */
public record ToolCaller(
        String name,
        String namespace,
        Optional<Set<String>> scopes,
        Optional<Set<String>> groups,
        Map<String, String> claims) {

    /** Somebody of whom nothing is known, and who may do everything: the user of this machine, or a server without keys. */
    public static final ToolCaller ANYBODY =
            new ToolCaller("", ApiKey.DEFAULT_NAMESPACE, Optional.empty(), Optional.empty(), Map.of());

    /** The holder of a key. */
    public static ToolCaller holding(String name, ApiKey key) {
        return new ToolCaller(name, key.namespace(), key.scopes(), key.groups(), key.claims());
    }

    /** Whether the caller may call what demands this scope. */
    public boolean has(String scope) {
        return scopes.isEmpty() || scopes.get().contains(scope);
    }
}
