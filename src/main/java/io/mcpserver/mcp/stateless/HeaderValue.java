package io.mcpserver.mcp.stateless;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Values that headers repeat from the body: as they are, or {@code =?base64?…?=} of their UTF-8. */
final class HeaderValue {

    private static final String BEGIN = "=?base64?";
    private static final String END = "?=";

    private HeaderValue() {}

    /** The value; empty if it holds what no header may, or its Base64 is broken. */
    static Optional<String> decode(String value) {
        if (!isVisibleAscii(value)) {
            return Optional.empty();
        }
        if (!value.startsWith(BEGIN) || !value.endsWith(END) || value.length() < BEGIN.length() + END.length()) {
            return Optional.of(value);
        }
        try {
            String text = value.substring(BEGIN.length(), value.length() - END.length());
            if (text.length() % 4 != 0) {
                return Optional.empty();
            }
            byte[] bytes = Base64.getDecoder().decode(text);
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isVisibleAscii(String value) {
        for (int at = 0; at < value.length(); at++) {
            char c = value.charAt(at);
            if (c != '\t' && (c < ' ' || c > '~')) {
                return false;
            }
        }
        return true;
    }

    static String malformed(String header) {
        return "The header " + header + " must be visible ASCII, or " + BEGIN + "…" + END
                + " around the Base64 of UTF-8.";
    }
}
