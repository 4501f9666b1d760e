package io.mcpserver.tool.declarative.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.declarative.KindBody;
import io.mcpserver.tool.declarative.KindHandler;
import io.mcpserver.tool.declarative.Template;
import io.mcpserver.tool.declarative.ToolKind;
import io.mcpserver.tool.file.Surroundings;
import java.util.Optional;

/** {@code text}: a text in which inputs are filled in. */
public final class TextKind implements ToolKind {

    @Override
    public String name() {
        return "text";
    }

    @Override
    public boolean readsOnly(KindBody body) {
        return true;
    }

    @Override
    public Optional<KindHandler> handler(KindBody body, Surroundings surroundings) {
        Template template = body.template("");
        boolean structured = body.output().isPresent();
        return Optional.of((inputs, call) -> {
            JsonNode filled = template.fill(inputs);
            String text = filled.isContainerNode() ? filled.toString() : filled.asText();
            return structured
                    ? ToolResult.of(JsonNodeFactory.instance.objectNode().put("text", text), text)
                    : ToolResult.ofText(text);
        });
    }
}
