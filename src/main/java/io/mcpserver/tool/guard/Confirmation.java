package io.mcpserver.tool.guard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ClientFeature;
import io.mcpserver.tool.Question;
import io.mcpserver.tool.ToolClient;
import io.mcpserver.tool.ToolSpec;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Asks the user before a tool runs that is listed in {@code tools.confirm}, or that demands it itself. A client that cannot ask its user is not
 * asked: there the tool runs at once.
 */
final class Confirmation {

    private static final String CONFIRM = "confirm";
    private static final int SHOWN = 300;

    private final Supplier<Set<String>> tools;

    Confirmation(LiveConfig config) {
        this.tools = config.derived(now -> Set.copyOf(now.tools().confirm()));
    }

    boolean isDue(ToolSpec tool, ToolClient client) {
        return (tool.policy().confirm() || tools.get().contains(tool.name())) && client.can(ClientFeature.ELICITATION);
    }

    /**
     * Asks.
     *
     * @throws CodedException {@code DECLINED} unless the user accepts and confirms
     */
    void ask(ToolSpec tool, ObjectNode arguments, ToolClient client) throws InterruptedException {
        Question question = new Question.Elicitation(
                "The tool %s (%s) is about to be called with %s."
                        .formatted(tool.name(), tool.title(), shortened(arguments.toString())),
                schema());
        ObjectNode answer = client.ask(Map.of(CONFIRM, question)).get(CONFIRM);
        if (!isYes(answer)) {
            throw new CodedException(
                    ErrorCode.DECLINED,
                    "The user was asked and did not confirm %s, so nothing was done; call it again only if the user wants it."
                            .formatted(tool.name()));
        }
    }

    private static boolean isYes(ObjectNode answer) {
        return answer != null
                && answer.path("action").asText().equals("accept")
                && answer.path("content").path(CONFIRM).isBoolean()
                && answer.path("content").path(CONFIRM).booleanValue();
    }

    private static ObjectNode schema() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.putObject("properties")
                .putObject(CONFIRM)
                .put("type", "boolean")
                .put("title", "Go ahead")
                .put("description", "Whether the tool may be called.");
        schema.putArray("required").add(CONFIRM);
        return schema;
    }

    private static String shortened(String json) {
        if (json.length() <= SHOWN) {
            return json;
        }
        int end = Character.isHighSurrogate(json.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
        return json.substring(0, end) + "…";
    }
}
