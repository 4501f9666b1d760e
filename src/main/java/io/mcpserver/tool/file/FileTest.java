package io.mcpserver.tool.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolOutcome;
import java.util.Optional;

/** A test that stands in a tool file: a call, and what is expected of its answer. */
public interface FileTest {

    /** Calls tools as a client would: arguments are checked, the deadline holds, failures are outcomes. */
    @FunctionalInterface
    interface Bench {

        ToolOutcome call(String tool, ObjectNode arguments, ToolCaller caller);
    }

    /** Name of the tool that it tests. */
    String tool();

    /** What people call it; unique within its tool. */
    String name();

    /** Where it stands in its file, from 1. */
    int line();

    /** Whether it asks another server: then it runs only when somebody asks for it, not whenever a file is checked. */
    default boolean needsNetwork() {
        return false;
    }

    /**
     * Runs it: empty if it passed, else what was expected and what came instead.
     *
     * @param bench of the tools of the version of the file in which the test stands; a test that brings documents of its
     *     own uses another, and the store behind this one is not touched
     */
    Optional<String> run(Bench bench);
}
