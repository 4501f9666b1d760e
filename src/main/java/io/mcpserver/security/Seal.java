package io.mcpserver.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Closes values that a client keeps for the server, so that nobody can read, make or alter one, and
 * so that a value which was sealed for one purpose or context is not taken for another.
 *
 * <p>AES-256-GCM with a random nonce, under a key of its own for each purpose. As nonces are random,
 * a secret is good for some four thousand million sealed values (2<sup>32</sup>). What is sealed
 * does not age: a value that shall end at some time has to hold that time.
 *
 * <p>Threads: safe for any number of callers.
 */
public final class Seal {

    /** The longest text that is looked at. */
    static final int MAX_TEXT = 16 * 1024;

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int HEAD_BYTES = 1 + NONCE_BYTES;
    private static final int KEY_BYTES = 32;
    private static final String LABEL = "mcp-server seal ";

    /** The most bytes that can be sealed: their text is as long as {@link #open} reads. */
    public static final int MAX_PLAIN = MAX_TEXT / 4 * 3 - HEAD_BYTES - TAG_BYTES;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder TO_TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder FROM_TEXT = Base64.getUrlDecoder();

    // Looking one up costs three times as much as opening a value with it.
    private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(Seal::cipher);

    private final Supplier<byte[]> secret;
    private final String purpose;
    private final ReentrantLock deriving = new ReentrantLock();
    private volatile SecretKey key;

    /**
     * A seal for one purpose. The secret is asked for when something is first sealed or opened.
     *
     * @param purpose a label such as {@code session}; what was sealed for another never opens
     */
    public Seal(ServerSecret secret, String purpose) {
        this(secret::bytes, purpose);
    }

    Seal(Supplier<byte[]> secret, String purpose) {
        this.secret = secret;
        this.purpose = purpose;
    }

    /**
     * The value as letters, digits, {@code -} and {@code _}; never the same text twice.
     *
     * @param plain at most {@link #MAX_PLAIN} bytes
     * @param context what the value belongs to, such as its caller; the same is needed to open it
     * @throws IllegalArgumentException if the value is longer
     * @throws io.mcpserver.error.CodedException if there is no secret, as {@link ServerSecret} says
     */
    public String seal(byte[] plain, byte[] context) {
        if (plain.length > MAX_PLAIN) {
            throw new IllegalArgumentException(
                    "At most %,d bytes can be sealed, but there are %,d.".formatted(MAX_PLAIN, plain.length));
        }
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = new byte[HEAD_BYTES + plain.length + TAG_BYTES];
        sealed[0] = VERSION;
        System.arraycopy(nonce, 0, sealed, 1, NONCE_BYTES);
        try {
            Cipher cipher = start(Cipher.ENCRYPT_MODE, sealed, context);
            cipher.doFinal(plain, 0, plain.length, sealed, HEAD_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Sealing with AES-GCM failed", e);
        }
        return TO_TEXT.encodeToString(sealed);
    }

    /**
     * The value that was sealed with the same secret, for the same purpose and in the same context.
     *
     * @param sealed whatever a client sent, also {@code null}
     * @return empty for everything else; nothing that can be sent makes this throw
     * @throws io.mcpserver.error.CodedException if there is no secret, as {@link ServerSecret} says
     */
    public Optional<byte[]> open(String sealed, byte[] context) {
        Optional<byte[]> bytes = bytes(sealed);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        byte[] given = bytes.get();
        try {
            Cipher cipher = start(Cipher.DECRYPT_MODE, given, context);
            return Optional.of(cipher.doFinal(given, HEAD_BYTES, given.length - HEAD_BYTES));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> bytes(String sealed) {
        if (sealed == null || sealed.length() > MAX_TEXT) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = FROM_TEXT.decode(sealed);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        // Padding, and bits of the last letter that no byte needs, would be a second text for the same value.
        boolean canonical = TO_TEXT.encodeToString(bytes).equals(sealed);
        return canonical && bytes.length >= HEAD_BYTES + TAG_BYTES && bytes[0] == VERSION
                ? Optional.of(bytes)
                : Optional.empty();
    }

    private Cipher start(int mode, byte[] sealed, byte[] context) throws GeneralSecurityException {
        Cipher cipher = CIPHER.get();
        cipher.init(mode, key(), new GCMParameterSpec(TAG_BYTES * 8, sealed, 1, NONCE_BYTES));
        cipher.updateAAD(sealed, 0, 1);
        cipher.updateAAD(context);
        return cipher;
    }

    private SecretKey key() throws GeneralSecurityException {
        SecretKey current = key;
        if (current != null) {
            return current;
        }
        deriving.lock();
        try {
            if (key == null) {
                key = derive(secret.get(), purpose);
            }
            return key;
        } finally {
            deriving.unlock();
        }
    }

    private static SecretKey derive(byte[] secret, String purpose) throws GeneralSecurityException {
        byte[] info = (LABEL + VERSION + " " + purpose).getBytes(StandardCharsets.UTF_8);
        HKDFParameterSpec parameters =
                HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(info, KEY_BYTES);
        return KDF.getInstance("HKDF-SHA256").deriveKey("AES", parameters);
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES-GCM", e);
        }
    }
}
