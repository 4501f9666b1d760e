package io.mcpserver.insight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** How long tools and operations of the store took, both by name. */
public record LatencyReport(List<Latencies> tools, List<Latencies> store) {

    public static LatencyReport of(JsonNode json) {
        return new LatencyReport(list(json.path("tools")), list(json.path("store")));
    }

    /** What was added since {@code earlier}; what did not happen since is left out. */
    public LatencyReport since(LatencyReport earlier) {
        return new LatencyReport(since(tools, earlier.tools), since(store, earlier.store));
    }

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        add(json.putArray("tools"), tools);
        add(json.putArray("store"), store);
        return json;
    }

    private static List<Latencies> list(JsonNode array) {
        List<Latencies> all = new ArrayList<>();
        array.forEach(item -> all.add(Latencies.of(item)));
        return all;
    }

    private static List<Latencies> since(List<Latencies> now, List<Latencies> earlier) {
        return now.stream()
                .map(one -> earlier.stream()
                        .filter(before -> before.name().equals(one.name()))
                        .findFirst()
                        .map(one::since)
                        .orElse(one))
                .filter(one -> one.count() > 0)
                .toList();
    }

    private static void add(ArrayNode array, List<Latencies> all) {
        all.forEach(one -> array.add(one.toJson()));
    }
}
