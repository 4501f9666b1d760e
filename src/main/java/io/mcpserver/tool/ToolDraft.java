package io.mcpserver.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.ToolSpec.Execution;
import io.mcpserver.tool.ToolSpec.Hints;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A {@link ToolSpec} in the making: takes no arguments and may do anything, until told otherwise. */
public final class ToolDraft {

    private final String name;
    private String title;
    private String description = "";
    private ObjectNode inputSchema =
            JsonNodeFactory.instance.objectNode().put("type", "object").put("additionalProperties", false);
    private Optional<ObjectNode> outputSchema = Optional.empty();
    private Hints hints = Hints.ANYTHING;
    private Set<ClientFeature> needs = Set.of();
    private ToolPolicy policy = ToolPolicy.NONE;
    private List<Icon> icons = List.of();
    private String version = "";

    ToolDraft(String name) {
        this.name = name;
        this.title = name;
    }

    public ToolDraft title(String words) {
        this.title = words;
        return this;
    }

    public ToolDraft description(String words) {
        this.description = words;
        return this;
    }

    public ToolDraft input(ObjectNode schema) {
        this.inputSchema = schema;
        return this;
    }

    public ToolDraft output(ObjectNode schema) {
        this.outputSchema = Optional.of(schema);
        return this;
    }

    public ToolDraft schemas(ToolSchemas both) {
        return input(both.input()).output(both.output());
    }

    public ToolDraft hints(Hints given) {
        this.hints = given;
        return this;
    }

    public ToolDraft needs(ClientFeature... features) {
        this.needs = Set.of(features);
        return this;
    }

    public ToolDraft policy(ToolPolicy given) {
        this.policy = given;
        return this;
    }

    public ToolDraft icons(List<Icon> given) {
        this.icons = given;
        return this;
    }

    /** Changes whenever the tool does what it does in another way. */
    public ToolDraft version(String given) {
        this.version = given;
        return this;
    }

    /** The tool, with a handler that neither blocks nor asks. */
    public ToolSpec computes(ToolHandler handler) {
        return spec(Execution.COMPUTES, handler);
    }

    /** The tool, with a handler that may block and ask. */
    public ToolSpec blocks(ToolHandler handler) {
        return spec(Execution.BLOCKS, handler);
    }

    private ToolSpec spec(Execution execution, ToolHandler handler) {
        return new ToolSpec(
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
                version,
                handler);
    }
}
