package io.mcpserver.tool.api;

import java.util.List;

/**
 * Brings the tools of a jar; found with {@link java.util.ServiceLoader}. For those whose tools are not known when they are
 * compiled; others mark methods with {@link Tool}.
 *
 * <p>Threads: made and asked once, by one thread. Closing: once, when its file was replaced or removed and no call of its
 * tools runs any more.
 */
public interface ToolProvider extends AutoCloseable {

    /** The tools, with names of their own. */
    List<ToolDefinition> tools();

    /** Gives back what the tools hold; nothing by default. */
    @Override
    default void close() {}
}
