package io.mcpserver.insight.profile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One frame of a flame graph: how often it was on the stack, and what was above it. */
public final class FlameNode {

    private final String name;
    private final Map<String, FlameNode> above = new LinkedHashMap<>();
    private long total;

    FlameNode(String name) {
        this.name = name;
    }

    /** Adds one stack, the outermost frame first. */
    void add(List<String> stack) {
        total++;
        FlameNode node = this;
        for (String frame : stack) {
            node = node.above.computeIfAbsent(frame, FlameNode::new);
            node.total++;
        }
    }

    public long total() {
        return total;
    }

    /** Without what is thinner than {@code least}; {@code n} is the name, {@code v} the count, {@code c} what is above. */
    ObjectNode toJson(long least) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("n", name).put("v", total);
        List<FlameNode> kept = above.values().stream()
                .filter(node -> node.total >= least)
                .sorted(Comparator.comparingLong(FlameNode::total).reversed())
                .toList();
        if (!kept.isEmpty()) {
            ArrayNode children = json.putArray("c");
            kept.forEach(node -> children.add(node.toJson(least)));
        }
        return json;
    }
}
