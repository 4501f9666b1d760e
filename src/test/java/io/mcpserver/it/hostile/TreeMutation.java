package io.mcpserver.it.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.ArrayList;
import java.util.List;

/** Changes one member of a message, at any depth: away, double, renamed, of another type, out of all measure. */
final class TreeMutation {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Texts that stand where a value is expected; not all of them are JSON. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "7",
            "2.5",
            "-0.0",
            "1e308",
            "1e999",
            "-1e999",
            "1e-999",
            "99999999999999999999",
            "9223372036854775808",
            "-2147483649",
            "1" + "0".repeat(400),
            "1." + "3".repeat(1_100),
            "NaN",
            "Infinity",
            "-Infinity",
            "undefined",
            "01",
            "+1",
            "0x10",
            ".5",
            "5.",
            "''",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\uffff\"",
            "\"\\x\"",
            "\"é中😀\"",
            "\"\\r\\nSet-Cookie: a=b\"",
            "\"2026-07-28\"",
            "\"2025-11-25\"",
            "\"1999-01-01\"",
            "\"__proto__\"",
            "\"../../..\"",
            "\"' OR 1=1 --\"",
            "\"${jndi:ldap://127.0.0.1:1/a}\"",
            "\"%00%n%s\"",
            "\"storage://\"",
            "\"storage:///\"",
            "\"storage://notes/%ff\"",
            "\"file:///nowhere\"",
            "\"a://[\"",
            "{}",
            "[]",
            "[[]]",
            "[null]",
            "[{}]",
            "{\"\":{}}",
            "{\"$ne\":null}",
            "{\"$regex\":\"(a+)+$\"}",
            "{\"$and\":[]}",
            "{\"$not\":{\"$not\":{}}}",
            "{\"$where\":\"1\"}");

    private static final List<String> NAMES = List.of(
            "",
            "id",
            "method",
            "params",
            "result",
            "error",
            "jsonrpc",
            "_meta",
            "$schema",
            "__proto__",
            "constructor",
            "io.modelcontextprotocol/protocolVersion",
            "io.modelcontextprotocol/clientCapabilities",
            "io.modelcontextprotocol/unknown",
            "inputResponses",
            "requestState",
            "cursor",
            "é中",
            "a.b",
            "\u0000");

    private record Place(JsonNode parent, String name, int index) {
        JsonNode value() {
            return parent instanceof ArrayNode ? parent.get(index) : parent.get(name);
        }

        void set(JsonNode value) {
            if (parent instanceof ArrayNode array) {
                array.set(index, value);
            } else {
                ((ObjectNode) parent).set(name, value);
            }
        }

        void remove() {
            if (parent instanceof ArrayNode array) {
                array.remove(index);
            } else {
                ((ObjectNode) parent).remove(name);
            }
        }
    }

    private final Chance chance;

    TreeMutation(Chance chance) {
        this.chance = chance;
    }

    void apply(JsonNode message) {
        List<Place> places = new ArrayList<>();
        collect(message, places);
        if (places.isEmpty()) {
            return;
        }
        Place place = chance.of(places);
        switch (chance.below(12)) {
            case 0, 1 -> place.remove();
            case 2 -> duplicate(place);
            case 3 -> rename(place);
            case 4 -> add(place);
            case 5 -> place.set(raw(nested()));
            case 6 -> place.set(NODES.textNode(longText()));
            case 7 -> place.set(chance.of(places).value().deepCopy());
            default -> place.set(raw(chance.of(VALUES)));
        }
    }

    private static void collect(JsonNode node, List<Place> places) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> places.add(new Place(node, name, -1)));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                places.add(new Place(node, null, i));
            }
        }
        node.forEach(child -> collect(child, places));
    }

    private void duplicate(Place place) {
        String other = chance.oneIn(2) ? place.value().toString() : chance.of(VALUES);
        String between = place.name() == null ? "," : "," + NODES.textNode(place.name()) + ":";
        place.set(raw(place.value() + between + other));
    }

    private void rename(Place place) {
        if (place.parent() instanceof ObjectNode object) {
            JsonNode value = object.remove(place.name());
            object.set(chance.oneIn(20) ? longText() : chance.of(NAMES), value);
        }
    }

    private void add(Place place) {
        if (place.parent() instanceof ObjectNode object) {
            object.set(chance.of(NAMES), raw(chance.of(VALUES)));
        } else {
            ((ArrayNode) place.parent()).add(raw(chance.of(VALUES)));
        }
    }

    private String nested() {
        int depth = chance.of(List.of(20, 199, 201, 1_500));
        boolean closed = !chance.oneIn(4);
        return chance.oneIn(2)
                ? "[".repeat(depth) + (closed ? "]".repeat(depth) : "")
                : "{\"a\":".repeat(depth) + "1" + (closed ? "}".repeat(depth) : "");
    }

    private String longText() {
        int length = chance.oneIn(40) ? 200_000 : chance.of(List.of(65, 257, 1_025, 5_000));
        return chance.of(List.of("a", "é", "😀", "\"", "a/", "\u0001")).repeat(length / 2);
    }

    private static JsonNode raw(String text) {
        return NODES.rawValueNode(new RawValue(text));
    }
}
