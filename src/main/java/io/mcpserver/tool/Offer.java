package io.mcpserver.tool;

import java.util.List;
import java.util.stream.Stream;

/** What is offered to clients: tools, prompts and resources. */
public record Offer(List<ToolSpec> tools, List<PromptSpec> prompts, List<ResourceSpec> resources) {

    public static final Offer NOTHING = new Offer(List.of(), List.of(), List.of());

    public Offer {
        tools = List.copyOf(tools);
        prompts = List.copyOf(prompts);
        resources = List.copyOf(resources);
    }

    /** Both together. */
    public Offer and(Offer other) {
        return new Offer(
                Stream.concat(tools.stream(), other.tools.stream()).toList(),
                Stream.concat(prompts.stream(), other.prompts.stream()).toList(),
                Stream.concat(resources.stream(), other.resources.stream()).toList());
    }
}
