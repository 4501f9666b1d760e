package io.mcpserver.tool.declarative;

import io.mcpserver.tool.ToolHandler;
import io.mcpserver.tool.file.Surroundings;
import java.util.Optional;

/**
 * A way in which a tool of a file does its work, such as {@code sql} or {@code http}: the name of the member of the
 * tool's definition that says what to do. Found with {@link java.util.ServiceLoader}; the JSON Schema of its body lies
 * beside its class as {@code NAME.schema.json}.
 *
 * <p>Threads: safe for any number of callers. Plain Java.
 */
public interface ToolKind {

    /** The name of the member, such as {@code sql}. */
    String name();

    /** Whether tools of this kind change nothing, unless their definition says otherwise. */
    boolean readsOnly(KindBody body);

    /**
     * Makes what a tool does, once for each version of its file; opens nothing that it would have to close.
     *
     * @param body what stands under the name of the kind; its shape is valid by {@code tool.schema.json}
     * @return empty where {@code body} was told of a fault
     */
    Optional<ToolHandler> handler(KindBody body, Surroundings surroundings);
}
