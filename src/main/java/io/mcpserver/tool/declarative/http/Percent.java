package io.mcpserver.tool.declarative.http;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding. */
final class Percent {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String UNRESERVED = "-._~";
    private static final String RESERVED = ":/?#[]@!$&'()*+,;=%";

    private Percent() {}

    /** The text so that it stands for itself anywhere in an address. */
    static String encoded(String text) {
        return encode(text, UNRESERVED);
    }

    /** A part of an address as an operator wrote it: what has a meaning there keeps it. */
    static String written(String text) {
        return encode(text, UNRESERVED + RESERVED);
    }

    private static String encode(String text, String kept) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || kept.indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append('%').append(HEX.toHexDigits(b));
            }
        }
        return out.toString();
    }
}
