package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.Icon;
import io.mcpserver.tool.ToolPolicy;
import io.mcpserver.tool.ToolPolicy.CachePolicy;
import io.mcpserver.tool.ToolPolicy.CachePolicy.Sharing;
import io.mcpserver.tool.ToolPolicy.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads how a tool may be called. */
final class PolicyReader {

    private static final String CACHE = "cache";
    private static final double NANOS_PER_SECOND = 1e9;

    private final FileFaults faults;

    PolicyReader(FileFaults faults) {
        this.faults = faults;
    }

    ToolPolicy read(
            ObjectNode definition,
            String pointer,
            ToolKind kind,
            KindBody body,
            boolean readsOnly,
            DeclaredInputs inputs) {
        // Without a bound input, a tool of a file sees nothing of its caller.
        Sharing sharing = inputs.bound().isEmpty() ? Sharing.NAMESPACE : Sharing.CALLER;
        return new ToolPolicy(
                timeout(definition),
                Optional.ofNullable(definition.get("rate")).map(rate -> rate(rate.asText())),
                Optional.ofNullable(definition.get("scope")).map(JsonNode::asText),
                cache(definition.path(CACHE), FileTree.member(pointer, CACHE), kind, body, readsOnly, sharing),
                definition.path("confirm").asBoolean(),
                Set.copyOf(texts(definition.path("groups"))));
    }

    /** How long a call of a tool may take, where it says so. */
    static Optional<Duration> timeout(ObjectNode definition) {
        return Optional.ofNullable(definition.get("timeout"))
                .map(seconds -> Duration.ofNanos((long) (seconds.asDouble() * NANOS_PER_SECOND)));
    }

    private static Rate rate(String written) {
        String[] parts = written.split("/");
        Duration period =
                switch (parts[1]) {
                    case "second" -> Duration.ofSeconds(1);
                    case "minute" -> Duration.ofMinutes(1);
                    default -> Duration.ofHours(1);
                };
        return new Rate(Integer.parseInt(parts[0]), period);
    }

    private Optional<CachePolicy> cache(
            JsonNode written, String pointer, ToolKind kind, KindBody body, boolean readsOnly, Sharing sharing) {
        if (written.isMissingNode() || written.isBoolean() && !written.booleanValue()) {
            return Optional.empty();
        }
        if (!readsOnly) {
            faults.error(pointer, "is only for tools that only read; remove it, or say annotations: {read_only: true}");
        }
        Optional<Set<String>> collections = written.has("collections")
                ? Optional.of(new HashSet<>(texts(written.path("collections"))))
                : kind.collections(body);
        if (collections.isEmpty()) {
            faults.error(
                    pointer,
                    "must name the collections whose change makes a kept result void, such as {collections: [notes]}");
        }
        return Optional.of(new CachePolicy(
                Optional.ofNullable(written.get("ttl")).map(seconds -> Duration.ofSeconds(seconds.asLong())),
                collections.orElse(Set.of()),
                sharing));
    }

    static List<Icon> icons(JsonNode written) {
        List<Icon> icons = new ArrayList<>();
        for (JsonNode icon : written) {
            icons.add(new Icon(
                    icon.path("src").asText(),
                    Optional.ofNullable(icon.get("mime_type")).map(JsonNode::asText),
                    texts(icon.path("sizes"))));
        }
        return icons;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
