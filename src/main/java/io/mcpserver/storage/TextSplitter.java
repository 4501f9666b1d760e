package io.mcpserver.storage;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** Walks through a long text in pieces of bounded width, each ending where a reader would pause. */
final class TextSplitter implements Iterator<String> {

    private static final int OVERLAP_PART = 8;

    private final String text;
    private final int width;
    private int start;

    TextSplitter(String text, int width) {
        this.text = text;
        this.width = width;
        this.start = skipSpace(0);
    }

    @Override
    public boolean hasNext() {
        return start < text.length();
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        int limit = limit();
        int end = limit == text.length() ? limit : pause(limit);
        String piece = text.substring(start, end).strip();
        start = end == text.length() ? end : Math.max(overlap(end), start + 1);
        return piece;
    }

    private int limit() {
        int used = 0;
        int at = start;
        while (at < text.length()) {
            used += Passages.width(text.charAt(at));
            if (used > width) {
                return Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
            }
            at++;
        }
        return at;
    }

    /** The best place to end in the second half of the piece: paragraph, sentence, word, anywhere. */
    private int pause(int limit) {
        int half = start + (limit - start) / 2;
        int sentence = -1;
        int word = -1;
        for (int at = limit; at > half; at--) {
            if (text.charAt(at - 1) == '\n' && text.charAt(at) == '\n') {
                return at;
            }
            if (sentence < 0 && endsSentence(at)) {
                sentence = at;
            }
            if (word < 0 && Character.isWhitespace(text.charAt(at))) {
                word = at;
            }
        }
        return sentence > 0 ? sentence : word > 0 ? word : limit;
    }

    /** Where the next piece begins so that it repeats the last sentence or words of this one. */
    private int overlap(int end) {
        if (text.charAt(end) == '\n') {
            return skipSpace(end);
        }
        int earliest = end - (end - start) / OVERLAP_PART;
        int word = end;
        for (int at = end - 1; at > earliest; at--) {
            if (endsSentence(at)) {
                return skipSpace(at);
            }
            if (Character.isWhitespace(text.charAt(at))) {
                word = at;
            }
        }
        return skipSpace(word);
    }

    private boolean endsSentence(int at) {
        char last = text.charAt(at - 1);
        return switch (last) {
            case '\n', '。', '！', '？', '；' -> true;
            case '.', '!', '?' -> Character.isWhitespace(text.charAt(at));
            default -> false;
        };
    }

    private int skipSpace(int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
