package io.mcpserver.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A tool: what clients are told of it, and what it does.
 *
 * @param name 1 to 64 of {@code A-Z a-z 0-9 _ . -}
 * @param title for people
 * @param description for models: what it does and when to use it
 * @param inputSchema JSON Schema 2020-12 of an object; arguments are held against it before the handler runs
 * @param outputSchema of the structured result
 * @param hints what the tool does to the world
 * @param execution where the handler runs
 * @param needs what a client must have declared before the handler runs
 * @param policy how it may be called
 * @param icons pictures for people
 * @param version changes whenever the tool does what it does in another way; kept results of another version are void.
 *     Empty for the program's own tools, and for no others
 */
public record ToolSpec(
        String name,
        String title,
        String description,
        ObjectNode inputSchema,
        Optional<ObjectNode> outputSchema,
        Hints hints,
        Execution execution,
        Set<ClientFeature> needs,
        ToolPolicy policy,
        List<Icon> icons,
        String version,
        ToolHandler handler) {

    /** The version of a discovered tool that has none. */
    private static final String UNVERSIONED = "?";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    /** What a tool does to the world; hints for the client, promises of this program for its own tools. */
    public record Hints(boolean readOnly, boolean destructive, boolean idempotent, boolean openWorld) {

        /** Nothing is changed, and nothing but this server is looked at. */
        public static final Hints READS = new Hints(true, false, true, false);

        /** What the protocol takes for granted of a tool that says nothing: anything may happen. */
        public static final Hints ANYTHING = new Hints(false, true, false, true);
    }

    /** Where a handler runs. */
    public enum Execution {
        /** At once, on the thread that serves the connection: it neither blocks nor asks. */
        COMPUTES,
        /** On a worker thread, with a deadline. */
        BLOCKS
    }

    public ToolSpec {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A tool's name is 1 to 64 of A-Z a-z 0-9 _ . -, not \"" + name + "\"");
        }
        Objects.requireNonNull(handler);
        needs = Set.copyOf(needs);
        icons = List.copyOf(icons);
    }

    /** Whether it comes with the program, so that its promises were tested with it. */
    public boolean builtIn() {
        return version.isEmpty();
    }

    /** The tool as one that does not come with the program. */
    public ToolSpec asDiscovered() {
        return builtIn()
                ? new ToolSpec(
                        name,
                        title,
                        description,
                        inputSchema,
                        outputSchema,
                        hints,
                        execution,
                        needs,
                        policy,
                        icons,
                        UNVERSIONED,
                        handler)
                : this;
    }

    /** The tool as one that comes with the program; its output schema then allows for failure as it stands. */
    public ToolSpec asBuiltIn() {
        return new ToolSpec(
                name,
                title,
                description,
                inputSchema,
                outputSchema.map(ToolSchemas::orFailure),
                hints,
                execution,
                needs,
                policy,
                icons,
                "",
                handler);
    }

    /** Begins the description of a tool. */
    public static ToolDraft named(String name) {
        return new ToolDraft(name);
    }
}
