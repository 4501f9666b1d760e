package io.mcpserver.mcp.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.tool.Offer;
import io.mcpserver.tool.PromptSpec;
import io.mcpserver.tool.ResourceSpec;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A tool, a prompt and a resource that are there all of a sudden, and what clients hear of it. */
public final class SuddenOffer {

    private static final List<String> KINDS = List.of("tools", "prompts", "resources");

    private SuddenOffer() {}

    /** One of each, under the same name. */
    public static Offer of(String name) {
        return new Offer(
                List.of(ToolSpec.named(name).description("Sudden").computes(call -> ToolResult.ofText("here"))),
                List.of(new PromptSpec(
                        name,
                        "A sudden prompt",
                        "Greets",
                        List.of(new PromptSpec.Argument("who", "Whom", true)),
                        (arguments, caller) ->
                                List.of(new PromptSpec.Message("user", "Greet " + arguments.get("who"))))),
                List.of(new ResourceSpec(
                        "sudden://" + name, name, "A sudden resource", "Text", "text/plain", caller -> "read")));
    }

    /**
     * Takes one notification of each kind that came, and holds that there was no other.
     *
     * @param params what every request must say
     */
    public static void assertHeardOnce(Talk talk, JsonObject params) {
        KINDS.forEach(kind -> talk.told("notifications/" + kind + "/list_changed"));
        // What was said before is on its way when this is answered.
        talk.ask("tools/list", params);
        KINDS.forEach(kind -> assertThat(talk.hasHeard("notifications/" + kind + "/list_changed"))
                .as(kind)
                .isFalse());
    }
}
