package io.mcpserver.tool;

/**
 * Bytes of a result in the protocol, where its JSON stands twice: as structured content, and as text,
 * that is, once more inside a JSON string. Never fewer than there will be.
 */
final class ResultSize {

    /** More than what the protocol puts around structure and text. */
    static final int ENVELOPE = 160;

    private ResultSize() {}

    /** Bytes of one item of a list in a result whose text is its JSON, with the comma after it. */
    static long ofItem(String json) {
        return utf8(json) + quoted(json) + 2;
    }

    static long utf8(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            bytes += bytes(text.charAt(i));
        }
        return bytes;
    }

    /** Bytes of the text inside a JSON string. */
    static long quoted(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c == '\n' || c == '\r' || c == '\t') {
                bytes += 2;
            } else if (c < ' ') {
                bytes += 6;
            } else {
                bytes += bytes(c);
            }
        }
        return bytes;
    }

    /** Half of a surrogate pair counts as six bytes, because Jackson may write it as an escape. */
    private static int bytes(char c) {
        if (c < 0x80) {
            return 1;
        }
        if (Character.isSurrogate(c)) {
            return 6;
        }
        return c < 0x800 ? 2 : 3;
    }
}
