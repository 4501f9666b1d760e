package io.mcpserver.tool.dropin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A short text that is another one for other contents. */
final class Fingerprint {

    private static final int BYTES = 16;

    private Fingerprint() {}

    static String of(String text) {
        MessageDigest digest = begun();
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return of(digest);
    }

    static MessageDigest begun() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String of(MessageDigest ended) {
        return HexFormat.of().formatHex(ended.digest(), 0, BYTES);
    }
}
