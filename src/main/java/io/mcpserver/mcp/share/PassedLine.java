package io.mcpserver.mcp.share;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;

/** The lines between an owner and a process that passes on, beside the messages of MCP; none of them is JSON. */
public final class PassedLine {

    /** Begins a request that an earlier owner may have carried out. */
    private static final byte REPEATED = '!';

    private static final String BYE = ".bye ";
    private static final String REFUSED = ".refused ";

    private PassedLine() {}

    /** A request, marked as one that may have been carried out. */
    public static byte[] repeated(byte[] request) {
        byte[] marked = new byte[request.length + 1];
        marked[0] = REPEATED;
        System.arraycopy(request, 0, marked, 1, request.length);
        return marked;
    }

    public static boolean isRepeated(byte[] line) {
        return line.length > 0 && line[0] == REPEATED;
    }

    /** The request that was marked. */
    public static byte[] request(byte[] repeated) {
        return Arrays.copyOfRange(repeated, 1, repeated.length);
    }

    /** The last line of an owner that ends: it has taken so many lines, and what it says to them was said. */
    public static String bye(long taken) {
        return BYE + taken;
    }

    /** The owner could make no message of the line of this number; what it says to that names no id. */
    public static String refused(long number) {
        return REFUSED + number;
    }

    /** How many lines an owner has taken, if this is its last one. */
    public static OptionalLong taken(byte[] line) {
        return number(BYE, line);
    }

    /** The number of a line of which the owner could make no message, if this says so. */
    public static OptionalLong refused(byte[] line) {
        return number(REFUSED, line);
    }

    private static OptionalLong number(String word, byte[] line) {
        if (line.length == 0 || line[0] != word.charAt(0)) {
            return OptionalLong.empty();
        }
        String text = new String(line, StandardCharsets.US_ASCII);
        return text.startsWith(word) && text.substring(word.length()).matches("[0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(text.substring(word.length())))
                : OptionalLong.empty();
    }
}
