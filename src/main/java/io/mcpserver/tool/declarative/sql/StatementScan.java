package io.mcpserver.tool.declarative.sql;

/**
 * Walks through the text of a statement and knows what is quoted or a comment in it, by the rules of standard SQL and of
 * PostgreSQL. It need not be right about every database: what it lets pass is still bound, and only fails there.
 */
final class StatementScan {

    /** Where the walk has come to. */
    enum Region {
        PLAIN("outside"),
        TEXT("inside quotes"),
        ESCAPED_TEXT("inside quotes"),
        NAME("inside quotes"),
        BACKTICKS("inside quotes"),
        DOLLARS("inside quotes"),
        LINE_COMMENT("inside a comment"),
        COMMENT("inside a comment");

        private final String words;

        Region(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** Stands in what was walked through for a question mark that is an operator. */
    static final char OPERATOR = '\u0000';

    private final StringBuilder plain = new StringBuilder();
    private Region region = Region.PLAIN;
    private String dollars = "";
    private int depth;
    private boolean ended;
    private boolean another;

    Region region() {
        return region;
    }

    /** Whether something follows a semicolon. */
    boolean hasAnother() {
        return another;
    }

    /** What was walked through, without quoted texts and comments. */
    String plain() {
        return plain.toString();
    }

    /** Something that is bound stands here. */
    void bound() {
        if (region == Region.PLAIN) {
            plain("?");
        }
    }

    /**
     * Walks through a piece of the statement.
     *
     * @return the piece, without a semicolon at the end of the statement
     */
    String walk(String piece) {
        StringBuilder kept = new StringBuilder();
        int i = 0;
        while (i < piece.length()) {
            int next = region == Region.PLAIN ? open(piece, i) : inside(piece, i);
            String taken = piece.substring(i, next);
            kept.append(region == Region.PLAIN ? kept(taken) : taken);
            i = next;
        }
        return kept.toString();
    }

    private static String kept(String taken) {
        return taken.equals(";") ? " " : taken.equals("?") ? String.valueOf(OPERATOR) : taken;
    }

    private int open(String piece, int i) {
        char c = piece.charAt(i);
        switch (c) {
            case '\'' -> region = isEscaped() ? Region.ESCAPED_TEXT : Region.TEXT;
            case '"' -> region = Region.NAME;
            case '`' -> region = Region.BACKTICKS;
            case ';' -> ended = true;
            case '-' -> {
                if (piece.startsWith("--", i)) {
                    region = Region.LINE_COMMENT;
                    return i + 2;
                }
                plain("-");
            }
            case '/' -> {
                if (piece.startsWith("/*", i)) {
                    region = Region.COMMENT;
                    depth = 1;
                    return i + 2;
                }
                plain("/");
            }
            case '$' -> {
                return dollars(piece, i);
            }
            default -> plain(String.valueOf(c));
        }
        if (region != Region.PLAIN) {
            plain(" ");
        }
        return i + 1;
    }

    /** {@code e'...'} knows the backslash. */
    private boolean isEscaped() {
        int length = plain.length();
        return length > 0
                && Character.toLowerCase(plain.charAt(length - 1)) == 'e'
                && (length == 1 || !Character.isLetterOrDigit(plain.charAt(length - 2)));
    }

    private int dollars(String piece, int i) {
        int end = piece.indexOf('$', i + 1);
        boolean inName = !plain.isEmpty() && Character.isLetterOrDigit(plain.charAt(plain.length() - 1));
        if (inName || end < 0 || !piece.substring(i + 1, end).matches("[A-Za-z_]?[A-Za-z0-9_]*")) {
            plain("$");
            return i + 1;
        }
        plain(" ");
        dollars = piece.substring(i, end + 1);
        region = Region.DOLLARS;
        return end + 1;
    }

    private int inside(String piece, int i) {
        return switch (region) {
            case TEXT -> quoted(piece, i, '\'');
            case NAME -> quoted(piece, i, '"');
            case BACKTICKS -> quoted(piece, i, '`');
            case ESCAPED_TEXT -> piece.charAt(i) == '\\' ? Math.min(i + 2, piece.length()) : quoted(piece, i, '\'');
            case LINE_COMMENT -> {
                if (piece.charAt(i) == '\n') {
                    leave();
                }
                yield i + 1;
            }
            case COMMENT -> comment(piece, i);
            case DOLLARS -> {
                if (piece.startsWith(dollars, i)) {
                    leave();
                    yield i + dollars.length();
                }
                yield i + 1;
            }
            case PLAIN -> throw new IllegalStateException();
        };
    }

    /** A quote that is doubled ends the text and begins it again. */
    private int quoted(String piece, int i, char quote) {
        if (piece.charAt(i) == quote) {
            leave();
        }
        return i + 1;
    }

    private int comment(String piece, int i) {
        if (piece.startsWith("/*", i)) {
            depth++;
            return i + 2;
        }
        if (piece.startsWith("*/", i)) {
            depth--;
            if (depth == 0) {
                leave();
            }
            return i + 2;
        }
        return i + 1;
    }

    private void leave() {
        region = Region.PLAIN;
        plain.append(' ');
    }

    private void plain(String text) {
        if (ended && !text.isBlank()) {
            another = true;
        }
        plain.append(text);
    }
}
