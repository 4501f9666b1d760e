package io.mcpserver.storage.lancedb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The rows of one file of a dataset, as far as they can be read: a range that cannot be is halved until the row is found.
 */
final class DataFileRows {

    /** Where the native code has failed this often in one file, ranges are not halved any more. */
    private static final int MOST_DEATHS = 32;

    /**
     * Rows that follow each other.
     *
     * @param end beyond the last one
     */
    record Stretch(int from, int end) {}

    /** Rows that cannot be read, with the reason, without a subject. */
    record Broken(Stretch rows, String why) {}

    /** Where nothing was read in as many attempts, nothing will be. */
    private static final int HOPELESS_DEATHS = 15;

    private final RowProcessLine line;
    private final String file;
    private final List<Stretch> readable = new ArrayList<>();
    private final List<Broken> broken = new ArrayList<>();
    private int deaths;
    private boolean opens = true;

    DataFileRows(RowProcessLine line, String file) {
        this.line = line;
        this.file = file;
    }

    String file() {
        return file;
    }

    /** How many rows the file says it has; empty where that cannot be read. */
    OptionalInt size() {
        List<JsonNode> size = new ArrayList<>();
        Optional<String> why = line.ask(
                JsonNodeFactory.instance.objectNode().put("ask", "size").put("file", file), size::add);
        return why.isEmpty() ? OptionalInt.of(size.getFirst().path("rows").asInt()) : OptionalInt.empty();
    }

    /**
     * Reads all rows once, without giving contents, and finds out which cannot be read: large ranges first, so that small
     * ones are what is left when the native code has failed too often.
     */
    void survey(int rows, Consumer<JsonNode> head) {
        Deque<Stretch> left = new ArrayDeque<>(List.of(new Stretch(0, rows)));
        while (!left.isEmpty()) {
            Stretch next = left.removeFirst();
            int half = (next.end() - next.from()) / 2;
            Optional<String> why = survey(next, head);
            if (next.end() - next.from() == rows && why.isPresent()) {
                opens = size().isPresent();
            }
            boolean hopeless = !opens || readable.isEmpty() && deaths >= HOPELESS_DEATHS;
            if (why.isPresent() && half > 0 && deaths < MOST_DEATHS && !hopeless) {
                left.add(new Stretch(next.from(), next.from() + half));
                left.add(new Stretch(next.from() + half, next.end()));
            } else {
                why.ifPresent(reason -> broken.add(new Broken(next, reason)));
            }
        }
    }

    List<Broken> broken() {
        return broken;
    }

    List<Stretch> readable() {
        return readable;
    }

    /** Reads rows that were readable at the survey. */
    void read(Stretch stretch, Consumer<JsonNode> row) {
        ask(stretch, false, true, row).ifPresent(why -> {
            throw new IllegalStateException(file + ", which was read before, " + why);
        });
    }

    /** What can be read of rows of which the contents cannot; false if that is nothing. */
    boolean heads(Stretch stretch, Consumer<JsonNode> head) {
        List<JsonNode> heads = new ArrayList<>();
        if (!opens || ask(stretch, true, false, heads::add).isPresent()) {
            return false;
        }
        heads.forEach(head);
        return true;
    }

    /** Why the rows cannot be read; empty if they can. */
    private Optional<String> survey(Stretch stretch, Consumer<JsonNode> head) {
        List<JsonNode> heads = new ArrayList<>();
        int before = line.deaths();
        Optional<String> why = ask(stretch, false, false, heads::add);
        deaths += line.deaths() - before;
        if (why.isPresent()) {
            return why;
        }
        if (heads.size() < stretch.end() - stretch.from()) {
            return Optional.of("are not in the file, which has fewer");
        }
        readable.add(stretch);
        heads.forEach(head);
        return why;
    }

    private Optional<String> ask(Stretch stretch, boolean heads, boolean contents, Consumer<JsonNode> row) {
        return line.ask(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("ask", "rows")
                        .put("file", file)
                        .put("from", stretch.from())
                        .put("to", stretch.end())
                        .put("heads", heads)
                        .put("contents", contents),
                row);
    }
}
