package io.mcpserver.tool.discovery;

import io.mcpserver.config.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Where tool files are looked for. */
interface ToolPlaces {

    /**
     * What lies there now.
     *
     * @param files by folder, then by name
     * @param unreadable folders of which nothing is known at the moment
     */
    record Listing(List<FoundFile> files, List<Problem> problems, Set<Path> unreadable) {}

    /** Looks, and reads no file. */
    Listing look();
}
