package io.mcpserver.security;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A key that was just made.
 *
 * @param key what the client sends: {@code mcp_} and 256 random bits; shown once, kept nowhere
 * @param sha256 what the configuration holds, lower-case hexadecimal
 */
public record NewApiKey(String key, String sha256) {

    private static final int BYTES = 32;

    /** Makes a key that nobody can guess. */
    public static NewApiKey random() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return of("mcp_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    static NewApiKey of(String key) {
        return new NewApiKey(key, HexFormat.of().formatHex(Sha256.of(key)));
    }

    /** Without the key, so that no log can hold it. */
    @Override
    public String toString() {
        return "NewApiKey[" + sha256 + "]";
    }
}
