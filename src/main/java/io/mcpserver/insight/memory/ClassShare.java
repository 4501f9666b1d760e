package io.mcpserver.insight.memory;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/** How many objects of a class are in the heap, and how large they are together. */
public record ClassShare(String name, long instances, long bytes) {

    private static final Pattern LINE = Pattern.compile("\\s*[0-9]+:\\s+([0-9]+)\\s+([0-9]+)\\s+(\\S+).*");
    private static final String[] STRINGS = {String[].class.getName()};

    /**
     * The largest of this process.
     *
     * @param live whether the heap is collected first; else what is garbage counts too
     */
    static List<ClassShare> largest(int most, boolean live) {
        if (most == 0) {
            return List.of();
        }
        try {
            Object text = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {live ? new String[0] : new String[] {"-all"}},
                            STRINGS);
            return parse((String) text, most);
        } catch (JMException e) {
            return List.of();
        }
    }

    static List<ClassShare> parse(String histogram, int most) {
        return histogram
                .lines()
                .map(ClassShare::line)
                .flatMap(Optional::stream)
                .limit(most)
                .toList();
    }

    private static Optional<ClassShare> line(String text) {
        Matcher line = LINE.matcher(text);
        return line.matches()
                ? Optional.of(new ClassShare(
                        readable(line.group(3)), Long.parseLong(line.group(1)), Long.parseLong(line.group(2))))
                : Optional.empty();
    }

    /** {@code [B} is a {@code byte[]}. */
    public static String readable(String name) {
        int depth = name.lastIndexOf('[') + 1;
        if (depth == 0) {
            return name;
        }
        String element = name.substring(depth);
        String[][] primitives = {
            {"B", "byte"},
            {"C", "char"},
            {"D", "double"},
            {"F", "float"},
            {"I", "int"},
            {"J", "long"},
            {"S", "short"},
            {"Z", "boolean"}
        };
        String word = Arrays.stream(primitives)
                .filter(pair -> pair[0].equals(element))
                .map(pair -> pair[1])
                .findFirst()
                .orElse(element.startsWith("L") ? element.substring(1).replace(";", "") : element);
        return word + "[]".repeat(depth);
    }
}
