package io.mcpserver.tool.declarative;

import io.mcpserver.tool.file.Surroundings;
import java.util.Optional;
import java.util.Set;

/**
 * A way in which a tool of a file does its work, such as {@code sql} or {@code http}: the name of the member of the
 * tool's definition that says what to do. Found with {@link java.util.ServiceLoader}; the JSON Schema of its body lies
 * beside its class as {@code NAME.schema.json}; what is in its {@code $defs} stands beside that of other kinds, so their
 * names begin with that of the kind. A new file for {@code mcp-server tools new} lies there too, as {@code
 * NAME.new.yaml}, with {@code NAME} for the name of the tool.
 *
 * <p>Threads: safe for any number of callers. Plain Java.
 */
public interface ToolKind {

    /** The name of the member, such as {@code sql}. */
    String name();

    /** Whether tools of this kind look at more than this server, unless their definition says otherwise. */
    default boolean reachesOut() {
        return false;
    }

    /** Whether tools of this kind run programs, so that they go when the configuration forbids it. */
    default boolean runsPrograms() {
        return false;
    }

    /**
     * The collections of the store whose change makes kept results void.
     *
     * @return empty where that cannot be told from {@code body}; {@code cache.collections} has to say it then
     */
    default Optional<Set<String>> collections(KindBody body) {
        return Optional.of(Set.of());
    }

    /**
     * Whether a call neither waits for anything nor asks, so that it runs at once on the thread that serves the
     * connection, without a deadline: the kind bounds what a call can take, whatever the definition and the inputs.
     */
    default boolean computes() {
        return false;
    }

    /** Whether tools of this kind change nothing, unless their definition says otherwise. */
    boolean readsOnly(KindBody body);

    /**
     * Makes what a tool does, once for each version of its file; opens nothing that it would have to close.
     *
     * @param body what stands under the name of the kind; its shape is valid by {@code tool.schema.json}
     * @return empty where {@code body} was told of a fault
     */
    Optional<KindHandler> handler(KindBody body, Surroundings surroundings);
}
