package io.mcpserver.tool.declarative.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML as JSON, with a limit on its depth and on what its aliases make of it. Keys are texts. */
final class YamlSpec {

    private static final int MOST_VALUES = 1_000_000;
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setCodePointLimit(SpecText.MOST_BYTES)
            .setUseMarks(false)
            .build();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** @param values how many values it has, itself included */
    private record Known(JsonNode node, int values, int depth) {}

    private final Iterator<Event> events;
    private final Map<Anchor, Known> anchors = new HashMap<>();
    private int values;
    private int deepest;

    private YamlSpec(Iterator<Event> events) {
        this.events = events;
    }

    static JsonNode read(String text) throws UnusableSpec {
        YamlSpec reader = new YamlSpec(new Parse(SETTINGS).parseString(text).iterator());
        try {
            while (reader.events.hasNext()) {
                Event event = reader.events.next();
                if (event instanceof NodeEvent node) {
                    return reader.value(node, 0);
                }
            }
            throw new UnusableSpec("is empty");
        } catch (YamlEngineException | NumberFormatException e) {
            throw new UnusableSpec("is not YAML: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private JsonNode value(NodeEvent event, int depth) throws UnusableSpec {
        int before = values;
        deepest = Math.max(deepest, depth);
        count(1, depth);
        if (event instanceof AliasEvent alias) {
            Known known = anchors.get(alias.getAlias());
            if (known == null) {
                throw new UnusableSpec("is not YAML: there is no anchor " + alias.getAlias());
            }
            count(known.values(), depth + known.depth());
            deepest = Math.max(deepest, depth + known.depth());
            return known.node();
        }
        int outer = deepest;
        deepest = depth;
        JsonNode node =
                switch (event) {
                    case ScalarEvent scalar -> scalar(scalar);
                    case SequenceStartEvent sequence -> sequence(depth);
                    case MappingStartEvent mapping -> mapping(depth);
                    default -> throw new UnusableSpec("is not YAML");
                };
        Optional<Anchor> anchor = event.getAnchor();
        if (anchor.isPresent()) {
            anchors.put(anchor.get(), new Known(node, values - before, deepest - depth));
        }
        deepest = Math.max(outer, deepest);
        return node;
    }

    private void count(int more, int depth) throws UnusableSpec {
        values += more;
        if (values > MOST_VALUES) {
            throw new UnusableSpec("has more than %,d values, aliases written out".formatted(MOST_VALUES));
        }
        if (depth > SpecText.DEEPEST) {
            throw new UnusableSpec("is nested more than %d deep".formatted(SpecText.DEEPEST));
        }
    }

    private ArrayNode sequence(int depth) throws UnusableSpec {
        ArrayNode items = JSON.arrayNode();
        for (Event event = events.next(); !(event instanceof CollectionEndEvent); event = events.next()) {
            items.add(value((NodeEvent) event, depth + 1));
        }
        return items;
    }

    private ObjectNode mapping(int depth) throws UnusableSpec {
        ObjectNode members = JSON.objectNode();
        for (Event event = events.next(); !(event instanceof CollectionEndEvent); event = events.next()) {
            if (!(event instanceof ScalarEvent key)) {
                throw new UnusableSpec("has a key that is not a text");
            }
            JsonNode value = value((NodeEvent) events.next(), depth + 1);
            if (members.has(key.getValue())) {
                throw new UnusableSpec("has the key \"%s\" twice in one place".formatted(key.getValue()));
            }
            members.set(key.getValue(), value);
        }
        return members;
    }

    private static JsonNode scalar(ScalarEvent event) {
        String text = event.getValue();
        if (!event.isPlain()) {
            return JSON.textNode(text);
        }
        Tag tag = SETTINGS.getSchema().getScalarResolver().resolve(text, true);
        if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(text.equalsIgnoreCase("true"));
        }
        if (tag.equals(Tag.INT)) {
            return text.matches("[+-]?[0-9]{1,100}") ? JSON.numberNode(new BigInteger(text)) : JSON.textNode(text);
        }
        return tag.equals(Tag.FLOAT) && text.matches("[+-]?[0-9.]{1,100}([eE][+-]?[0-9]{1,3})?")
                ? JSON.numberNode(new BigDecimal(text).doubleValue())
                : JSON.textNode(text);
    }
}
