package io.mcpserver.tool.file;

import io.mcpserver.tool.ToolHandler;

/** What a tool of a file does when it is called, and a word for it. */
public interface DescribedHandler extends ToolHandler {

    /** The kind of the tool for people, such as {@code query}. */
    String kind();
}
