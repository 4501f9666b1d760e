package io.mcpserver.cache.redis;

import io.mcpserver.cache.CacheKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Values as they lie in Redis: AES-256-GCM with a random nonce, bound to their key and to the state of its collections.
 * Whoever can write to that Redis can take values away, but make none.
 */
final class SealedValues {

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int HEAD_BYTES = 1 + NONCE_BYTES;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Supplier<byte[]> key;

    SealedValues(Supplier<byte[]> key) {
        this.key = key;
    }

    byte[] seal(CacheKey of, String state, byte[] value) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] stored = new byte[HEAD_BYTES + value.length + TAG_BYTES];
        stored[0] = VERSION;
        System.arraycopy(nonce, 0, stored, 1, NONCE_BYTES);
        try {
            cipher(Cipher.ENCRYPT_MODE, stored, of, state).doFinal(value, 0, value.length, stored, HEAD_BYTES);
            return stored;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Sealing with AES-GCM failed", e);
        }
    }

    /** The value; empty for everything that was not sealed for this key in this state. */
    Optional<byte[]> open(CacheKey of, String state, byte[] stored) {
        if (stored.length < HEAD_BYTES + TAG_BYTES || stored[0] != VERSION) {
            return Optional.empty();
        }
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, stored, of, state)
                    .doFinal(stored, HEAD_BYTES, stored.length - HEAD_BYTES));
        } catch (GeneralSecurityException altered) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] stored, CacheKey of, String state) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode, new SecretKeySpec(key.get(), "AES"), new GCMParameterSpec(TAG_BYTES * 8, stored, 1, NONCE_BYTES));
        cipher.updateAAD((of.digest() + "\n" + state).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
