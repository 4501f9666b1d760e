package io.mcpserver.it;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A key that a test made up, with the name of its holder. */
record ApiKey(String name, String key) {

    static ApiKey of(String name) {
        return new ApiKey(name, "key-of-" + name);
    }

    /** As {@code MCP_SECURITY_API_KEYS} lists it. */
    String listed() {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return name + ":" + HexFormat.of().formatHex(sha256);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** The value of the header {@code Authorization}. */
    String bearer() {
        return "Bearer " + key;
    }
}
