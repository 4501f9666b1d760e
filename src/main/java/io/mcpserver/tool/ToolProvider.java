package io.mcpserver.tool;

import java.util.List;

/** Brings tools. Every bean of this type is found and its tools are offered. */
public interface ToolProvider {

    /** The tools, with names that no other provider uses; constant. */
    List<ToolSpec> tools();

    /** Whether a tool that is discovered may have the name of one of these, and is then offered in its place. */
    default boolean yields() {
        return false;
    }
}
