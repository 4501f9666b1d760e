package io.mcpserver.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Turns YAML 1.2 into located values. */
final class YamlText {

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setMaxAliasesForCollections(0)
            .setUseMarks(true)
            .build();

    private final Place start;
    private final int maxDepth;
    private final List<Problem> problems;

    /**
     * @param maxDepth of lists and mappings in each other
     * @param problems receives what is wrong with the text
     */
    YamlText(Place start, int maxDepth, List<Problem> problems) {
        this.start = start;
        this.maxDepth = maxDepth;
        this.problems = problems;
    }

    /** The value of the one document in the text, empty if there is none or if it is not YAML. */
    Optional<Located> parse(String text) {
        ShallowParser parser = new ShallowParser(SETTINGS, new StreamReader(SETTINGS, text), start, maxDepth);
        try {
            return new Composer(SETTINGS, parser).getSingleNode().map(this::located);
        } catch (ShallowParser.TooDeep e) {
            problems.add(e.problem());
        } catch (MarkedYamlEngineException e) {
            problems.add(YamlFaults.place(e, start).error("", YamlFaults.sentence(e)));
        } catch (ReaderException e) {
            int line = 1
                    + (int) text.codePoints()
                            .limit(e.getPosition())
                            .filter(c -> c == '\n')
                            .count();
            problems.add(
                    start.at(line, 0).error("", "contains the control character U+%04X".formatted(e.getCodePoint())));
        } catch (YamlEngineException e) {
            problems.add(parser.reached().error("", YamlFaults.sentence(e)));
        }
        return Optional.empty();
    }

    private Located located(Node node) {
        Place place = place(node);
        // No switch over types: the first use of one makes a class, which every start would wait for.
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar, place);
        }
        if (node instanceof SequenceNode sequence) {
            return new Located(
                    sequence.getValue().stream().map(this::located).toList(), Located.Shape.LIST, "a list", place);
        }
        if (node instanceof MappingNode mapping) {
            return new Located(entries(mapping), Located.Shape.MAPPING, "a mapping", place);
        }
        throw new IllegalStateException("unexpected node " + node.getNodeType());
    }

    private List<Located.Entry> entries(MappingNode mapping) {
        List<Located.Entry> entries = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Place place = place(tuple.getKeyNode());
            if (tuple.getKeyNode() instanceof ScalarNode name) {
                entries.add(new Located.Entry(name.getValue(), place, located(tuple.getValueNode())));
            } else {
                problems.add(place.error("", "a key must be a name, not a list or a mapping"));
            }
        }
        return entries;
    }

    private Located scalar(ScalarNode node, Place place) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.INT)) {
            return new Located(integer(text), Located.Shape.NUMBER, text, place);
        }
        if (tag.equals(Tag.FLOAT)) {
            return new Located(decimal(text), Located.Shape.NUMBER, text, place);
        }
        if (tag.equals(Tag.BOOL)) {
            return new Located(Boolean.valueOf(text), Located.Shape.BOOLEAN, text, place);
        }
        if (tag.equals(Tag.NULL)) {
            return new Located(null, Located.Shape.NOTHING, text, place);
        }
        if (!tag.equals(Tag.STR)) {
            problems.add(place.error("", "a tag (\"!name\" before a value) is not supported; leave it out"));
        }
        return Located.text(text, place);
    }

    /** The number, or the nearest one that a long can hold. */
    static Long integer(String text) {
        String digits = text.startsWith("+") ? text.substring(1) : text;
        try {
            if (digits.startsWith("0o")) {
                return Long.parseLong(digits.substring(2), 8);
            }
            return digits.startsWith("0x") ? Long.parseLong(digits.substring(2), 16) : Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return digits.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** The number; null where it is infinite or none. */
    private static Double decimal(String text) {
        return text.toLowerCase(Locale.ROOT).matches("[+-]?\\.(inf|nan)") ? null : Double.valueOf(text);
    }

    private Place place(Node node) {
        return node.getStartMark()
                .map(mark -> start.at(mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(start);
    }
}
