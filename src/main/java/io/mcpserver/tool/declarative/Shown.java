package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;

/** Texts of a file as messages show them. */
final class Shown {

    private static final int MOST = 60;

    private Shown() {}

    /** Without control characters and shortened. */
    static String plain(String text) {
        return cut(text, MOST).replaceAll("\\p{Cntrl}", "?");
    }

    /** A value as JSON, shortened. */
    static String value(JsonNode value) {
        return value == null || value.isMissingNode() ? "missing" : plain(value.toString());
    }

    /** At most so many characters, and a sign that there are more. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "…";
    }
}
