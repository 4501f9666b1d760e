package io.mcpserver.conformance;

import io.mcpserver.tool.Offer;
import io.mcpserver.tool.PromptSpec;
import io.mcpserver.tool.ResourceSpec;
import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.catalog.ToolCatalog;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;

/** Tools that change what is listed, and change it back. */
@Singleton
class ChangingTools implements ToolProvider {

    private static final String FOR_A_MOMENT = "test_for_a_moment";

    private static final Offer A_TOOL = new Offer(
            List.of(ToolSpec.named(FOR_A_MOMENT)
                    .description("There for a moment")
                    .computes(call -> ToolResult.ofText("still there"))),
            List.of(),
            List.of());

    private static final Offer A_PROMPT = new Offer(
            List.of(),
            List.of(new PromptSpec(
                    FOR_A_MOMENT,
                    "A prompt",
                    "There for a moment",
                    List.of(),
                    (arguments, caller) -> List.of(new PromptSpec.Message("user", "still there")))),
            List.of());

    private static final Offer A_RESOURCE = new Offer(
            List.of(),
            List.of(),
            List.of(new ResourceSpec(
                    "test://for-a-moment",
                    FOR_A_MOMENT,
                    "A resource",
                    "There for a moment",
                    "text/plain",
                    caller -> "still there")));

    private final Instance<ToolCatalog> catalog;

    ChangingTools(Instance<ToolCatalog> catalog) {
        this.catalog = catalog;
    }

    @Override
    public List<ToolSpec> tools() {
        return List.of(changing("tool", A_TOOL), changing("prompt", A_PROMPT), changing("resource", A_RESOURCE));
    }

    private ToolSpec changing(String kind, Offer forAMoment) {
        return ToolSpec.named("test_trigger_" + kind + "_change")
                .description("Adds a " + kind + " and removes it")
                .blocks(call -> change(kind, forAMoment));
    }

    private synchronized ToolResult change(String kind, Offer forAMoment) {
        Offer before = catalog.get().discovered();
        catalog.get().replace(before.and(forAMoment));
        catalog.get().replace(before);
        return ToolResult.ofText("The list of " + kind + "s has changed");
    }
}
