package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.Located;
import io.mcpserver.config.Origin;
import io.mcpserver.config.Place;
import io.mcpserver.config.Problem;
import io.mcpserver.config.YamlFile;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A tool file as JSON, and where in the file each part of it stands. Its size, its depth and what its aliases make of it
 * are limited, and a key that stands twice is an error.
 */
final class FileTree {

    static final int MAX_DEPTH = 40;

    /** Characters of all texts together, with aliases written out. */
    static final int MAX_CHARACTERS = 2_000_000;

    /** Where a part stands, and what people call it, such as {@code tools[0].query.limit}. */
    record Spot(Place place, String key) {}

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<String, Spot> spots = new HashMap<>();
    private final List<Problem> problems;
    private long characters;
    private JsonNode root;

    private FileTree(List<Problem> problems) {
        this.problems = problems;
    }

    /**
     * Reads a file; empty where there is nothing to read in it.
     *
     * @param shown what problems call the file
     * @param problems receives what is wrong
     */
    static Optional<FileTree> read(Path file, String shown, List<Problem> problems) {
        Place start = start(shown, file.toAbsolutePath().getParent());
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            problems.add(start.error("", "is not a file"));
            return Optional.empty();
        }
        return of(YamlFile.read(file, start, MAX_DEPTH, problems), start, problems);
    }

    /** Reads a text as {@link #read} does a file. */
    static Optional<FileTree> parse(String text, String shown, List<Problem> problems) {
        Place start = start(shown, Path.of(""));
        return of(YamlFile.parse(text, start, MAX_DEPTH, problems), start, problems);
    }

    private static Place start(String shown, Path base) {
        return new Place(Origin.FILE, shown, 0, 0, base);
    }

    private static Optional<FileTree> of(Optional<Located> located, Place start, List<Problem> problems) {
        if (located.isEmpty()) {
            if (problems.isEmpty()) {
                problems.add(start.error("", "is empty; it must have tools:, prompts: or resources:"));
            }
            return Optional.empty();
        }
        FileTree tree = new FileTree(problems);
        tree.root = tree.node(located.get(), "", new Spot(located.get().place(), ""));
        if (tree.characters > MAX_CHARACTERS) {
            problems.add(
                    start.error("", "has more than %,d characters, aliases written out".formatted(MAX_CHARACTERS)));
            return Optional.empty();
        }
        return Optional.of(tree);
    }

    /** JSON of which the places are not known any more. */
    static FileTree without(JsonNode root) {
        FileTree tree = new FileTree(List.of());
        tree.root = root;
        tree.spots.put("", new Spot(start("", Path.of("")), ""));
        return tree;
    }

    JsonNode root() {
        return root;
    }

    /** Where the value at a JSON Pointer stands; where it does not, the nearest that is around it. */
    Spot spot(String pointer) {
        String at = pointer;
        while (!spots.containsKey(at) && !at.isEmpty()) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return spots.get(at);
    }

    /** The pointer of a member. */
    static String member(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private JsonNode node(Located value, String pointer, Spot spot) {
        spots.put(pointer, spot);
        return switch (value.shape()) {
            case TEXT -> text(value.text());
            case NUMBER -> number(value);
            case BOOLEAN -> JSON.booleanNode((Boolean) value.value());
            case NOTHING -> JSON.nullNode();
            case LIST -> list(value, pointer, spot.key());
            case MAPPING -> mapping(value, pointer, spot.key());
        };
    }

    private JsonNode text(String text) {
        characters += text.length();
        return JSON.textNode(text);
    }

    private JsonNode number(Located value) {
        // No switch over types: the first use of one makes a class, which every start would wait for.
        if (value.value() instanceof Long whole) {
            if (value.text().matches("[+-]?[0-9]{19,400}")) {
                return JSON.numberNode(new BigInteger(value.text().replace("+", "")));
            }
            return whole >= Integer.MIN_VALUE && whole <= Integer.MAX_VALUE
                    ? JSON.numberNode(whole.intValue())
                    : JSON.numberNode(whole.longValue());
        }
        return value.value() instanceof Double broken ? JSON.numberNode(broken.doubleValue()) : text(value.text());
    }

    private ArrayNode list(Located value, String pointer, String key) {
        ArrayNode array = JSON.arrayNode();
        for (Located item : value.items()) {
            int index = array.size();
            array.add(node(item, pointer + "/" + index, new Spot(item.place(), key + "[" + index + "]")));
        }
        return array;
    }

    private ObjectNode mapping(Located value, String pointer, String key) {
        ObjectNode object = JSON.objectNode();
        Set<String> seen = new HashSet<>();
        for (Located.Entry entry : value.entries()) {
            String path = (key.isEmpty() ? "" : key + ".") + Shown.plain(entry.name());
            characters += entry.name().length();
            if (!seen.add(entry.name())) {
                problems.add(entry.place().error(path, "stands twice; remove one"));
                continue;
            }
            object.set(entry.name(), node(entry.value(), member(pointer, entry.name()), new Spot(entry.place(), path)));
        }
        return object;
    }
}
