package io.mcpserver.mcp.share;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;

/** The lines between an owner and a process that passes on, beside the messages of MCP; none of them is JSON. */
public final class PassedLine {

    /** Begins a request that an earlier owner may have carried out. */
    private static final byte REPEATED = '!';

    private static final String BYE = ".bye ";

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

    /** How many lines an owner has taken, if this is its last one. */
    public static OptionalLong taken(byte[] line) {
        if (line.length == 0 || line[0] != BYE.charAt(0)) {
            return OptionalLong.empty();
        }
        String text = new String(line, StandardCharsets.US_ASCII);
        return text.matches("\\.bye [0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(text.substring(BYE.length())))
                : OptionalLong.empty();
    }
}
