package io.mcpserver.tool.discovery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.Offer;
import io.mcpserver.tool.ToolCall;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolClient;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is offered, as a test sees it. */
final class Shelf implements ToolOutlet {

    volatile Offer offer = Offer.NOTHING;
    volatile int swaps;

    @Override
    public Optional<String> owner(OfferedName name) {
        return name.name().equals("own") ? Optional.of("the program itself") : Optional.empty();
    }

    @Override
    public Swap prepare(Offer discovered) {
        if (discovered.tools().stream().anyMatch(tool -> tool.name().equals("unexpected"))) {
            throw new IllegalArgumentException("on purpose");
        }
        return () -> {
            swaps++;
            offer = discovered;
        };
    }

    /** What each tool answers, by name. */
    Map<String, String> answers() {
        Map<String, String> answers = new TreeMap<>();
        offer.tools()
                .forEach(tool -> answers.put(
                        tool.name(),
                        answer(tool, JsonNodeFactory.instance.objectNode(), ToolCaller.ANYBODY)
                                .text()));
        return answers;
    }

    ToolSpec tool(String name) {
        return offer.tools().stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ToolResult answer(ToolSpec tool, ObjectNode arguments, ToolCaller caller) {
        try {
            return tool.handler().call(new PlainCall(arguments, caller));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private record PlainCall(ObjectNode arguments, ToolCaller caller) implements ToolCall {

        @Override
        public <A> A arguments(Class<A> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ToolClient client() {
            return ToolClient.SILENT;
        }
    }
}
