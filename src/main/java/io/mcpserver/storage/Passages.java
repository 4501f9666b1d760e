package io.mcpserver.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The searchable text of one document, in pieces that an embedding model can read whole.
 *
 * <p>The same settings and content give the same passages, on every machine. The text is all string
 * values of the content in document order, or those under the collection's text fields. A document
 * that is short is one passage; a longer one is split at paragraphs, sentences or words, with a small
 * overlap, and its leading short fields (a title, a path) begin every passage.
 *
 * @param texts in document order; empty when the document holds no text
 * @param cut whether text was left out because the document has more than {@link #MOST} passages
 */
public record Passages(List<String> texts, boolean cut) {

    /** Passages of one document, at most. */
    public static final int MOST = 256;

    /** Width of a passage; a Chinese, Japanese or Korean character counts {@value #WIDE}, any other 1. */
    static final int WIDTH = 900;

    static final int WIDE = 3;

    private static final int TITLE_WIDTH = 150;
    private static final int HEADING_WIDTH = 300;

    /** Splits the text of one document. */
    public static Passages of(CollectionSettings settings, ObjectNode content) {
        List<String> fields = new ArrayList<>();
        if (settings.textFields().isEmpty()) {
            collect(content, fields);
        } else {
            settings.textFields().forEach(path -> follow(content, path, fields));
        }
        return split(fields);
    }

    private static Passages split(List<String> fields) {
        if (fields.isEmpty()) {
            return new Passages(List.of(), false);
        }
        String whole = String.join("\n", fields);
        if (width(whole) <= WIDTH) {
            return new Passages(List.of(whole), false);
        }
        int titles = titles(fields);
        String heading = titles == 0 ? "" : String.join("\n", fields.subList(0, titles)) + "\n";
        String body = String.join("\n", fields.subList(titles, fields.size()));
        TextSplitter splitter = new TextSplitter(body, WIDTH - width(heading));
        List<String> texts = new ArrayList<>();
        while (texts.size() < MOST && splitter.hasNext()) {
            texts.add(heading + splitter.next());
        }
        return new Passages(List.copyOf(texts), splitter.hasNext());
    }

    /** How many leading fields are short enough to be repeated; never all of them. */
    private static int titles(List<String> fields) {
        int count = 0;
        int total = 0;
        while (count < fields.size() - 1) {
            int width = width(fields.get(count)) + 1;
            if (width > TITLE_WIDTH || total + width > HEADING_WIDTH) {
                break;
            }
            total += width;
            count++;
        }
        return count;
    }

    private static void collect(JsonNode node, List<String> into) {
        if (node.isTextual()) {
            String text = node.textValue().strip();
            if (!text.isEmpty()) {
                into.add(text);
            }
        } else {
            node.forEach(child -> collect(child, into));
        }
    }

    private static void follow(JsonNode node, String path, List<String> into) {
        int dot = path.indexOf('.');
        String head = dot < 0 ? path : path.substring(0, dot);
        if (node.isArray() && !isIndex(head)) {
            node.forEach(element -> follow(element, path, into));
            return;
        }
        JsonNode next = node.isArray() ? node.path(Integer.parseInt(head)) : node.path(head);
        if (dot < 0) {
            collect(next, into);
        } else {
            follow(next, path.substring(dot + 1), into);
        }
    }

    private static boolean isIndex(String segment) {
        return segment.length() < 10 && !segment.isEmpty() && segment.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); i++) {
            width += width(text.charAt(i));
        }
        return width;
    }

    /** A cheap measure of how many tokens a model makes of a character. */
    static int width(char c) {
        return c >= '\u2E80' && c <= '\uD7FF' || c >= '\uF900' && c <= '\uFAFF' ? WIDE : 1;
    }
}
