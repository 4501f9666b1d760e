package io.mcpserver.importer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects the sections of a text under their headings and makes documents of them: {@code {title, text,
 * source: {path, part}}}, where the title is the path of headings down to the section. A long section
 * becomes several documents, cut between paragraphs. Not for several threads.
 */
final class Prose {

    /** Characters of text in one document, unless one paragraph has more. */
    private static final int TARGET = 2_000;

    /** Characters of text in one document at most. */
    private static final int MOST = 4_000;

    private static final int DEEPEST = 6;
    private static final int TITLE = 300;

    private final String path;
    private final String[] headings = new String[DEEPEST + 1];
    private final StringBuilder section = new StringBuilder();
    private final List<Part> parts = new ArrayList<>();

    /** @param title what the text as a whole is called */
    Prose(String path, String title) {
        this.path = path;
        this.headings[0] = title;
    }

    /** Begins a section. @param level 1–6 */
    void heading(int level, String text) {
        end();
        headings[level] = text.strip();
        for (int below = level + 1; below <= DEEPEST; below++) {
            headings[below] = null;
        }
    }

    /** Adds a paragraph to the section. */
    void paragraph(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return;
        }
        if (!section.isEmpty() && section.length() + stripped.length() > TARGET) {
            end();
        }
        section.append(section.isEmpty() ? "" : "\n\n").append(stripped);
    }

    /** All documents; nothing can be added afterwards. */
    List<Part> parts() {
        end();
        return parts;
    }

    private void end() {
        String text = section.toString();
        section.setLength(0);
        while (text.length() > MOST) {
            int cut = cut(text);
            add(text.substring(0, cut));
            text = text.substring(cut).strip();
        }
        if (!text.isEmpty()) {
            add(text);
        }
    }

    /** Where to cut: after a line, else after a word, else anywhere but within a character. */
    private static int cut(String text) {
        int cut = text.lastIndexOf('\n', TARGET);
        cut = cut > TARGET / 2 ? cut : text.lastIndexOf(' ', TARGET);
        cut = cut > TARGET / 2 ? cut : TARGET;
        return Character.isLowSurrogate(text.charAt(cut)) ? cut + 1 : cut;
    }

    private void add(String text) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("title", title());
        content.put("text", text);
        content.putObject("source").put("path", path).put("part", parts.size() + 1);
        parts.add(new Part(Optional.empty(), content));
    }

    /** The headings from the outermost on; the first one is dropped where it only repeats the title. */
    private String title() {
        List<String> names = new ArrayList<>();
        for (String heading : headings) {
            if (heading != null && !heading.isEmpty() && !names.contains(heading)) {
                names.add(heading);
            }
        }
        String title = String.join(" › ", names);
        return title.length() <= TITLE ? title : title.substring(0, TITLE);
    }
}
