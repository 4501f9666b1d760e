package io.mcpserver.tool.file;

import io.mcpserver.tool.ToolHandler;

/** What a tool of a file does when it is called, and what is to be known of that. */
public interface DescribedHandler extends ToolHandler {

    /** The kind of the tool for people, such as {@code query}. */
    String kind();

    /** Whether it runs programs, which the configuration may forbid at any time. */
    boolean runsPrograms();
}
