package io.mcpserver.storage.lancedb.dataset;

/**
 * Texts with numbers in place of the characters beyond Unicode's first plane: in conditions and questions, Lance takes no
 * others from Java.
 */
public final class FirstPlane {

    /** Before and after the number of a character; no id and no term holds it. */
    private static final char NUMBER = '\u001c';

    private FirstPlane() {}

    /** Whether a text can stand in a condition as it is. */
    public static boolean holds(String text) {
        return text.chars().noneMatch(unit -> Character.isSurrogate((char) unit));
    }

    public static String write(String text) {
        if (holds(text)) {
            return text;
        }
        StringBuilder written = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (Character.isSupplementaryCodePoint(point)) {
                written.append(NUMBER).append(Integer.toHexString(point)).append(NUMBER);
            } else {
                written.appendCodePoint(point);
            }
        });
        return written.toString();
    }

    public static String read(String written) {
        if (written.indexOf(NUMBER) < 0) {
            return written;
        }
        StringBuilder text = new StringBuilder();
        // Text and numbers take turns.
        String[] parts = written.split(String.valueOf(NUMBER), -1);
        for (int i = 0; i < parts.length; i++) {
            if (i % 2 == 0) {
                text.append(parts[i]);
            } else {
                text.appendCodePoint(Integer.parseInt(parts[i], 16));
            }
        }
        return text.toString();
    }
}
