package io.mcpserver.data.age;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

/** The primitives of the format, with its fixed parameters. */
final class AgeFormat {

    static final String FIRST_LINE = "age-encryption.org/v1\n";
    static final String STANZA = "-> scrypt ";
    static final String MAC_LINE = "---";

    static final int FILE_KEY = 16;
    static final int NONCE = 16;
    static final int SALT = 16;
    static final int CHUNK = 64 * 1024;
    static final int TAG = 16;

    /** Work of scrypt as a power of two: 32 MiB, so that it fits into a small container. */
    static final int WORK = 15;

    /** What is done at most, which takes 256 MiB: as much as age itself asks for. */
    static final int MOST_WORK = 18;

    private static final String LABEL = "age-encryption.org/v1/scrypt";
    private static final int BLOCK = 8;
    private static final int KEY = 32;
    private static final String CIPHER = "ChaCha20-Poly1305";
    private static final int CIPHER_NONCE = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private AgeFormat() {}

    static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    static byte[] wrapKey(byte[] passphrase, byte[] salt, int work) {
        byte[] label = LABEL.getBytes(StandardCharsets.US_ASCII);
        byte[] labelled = Arrays.copyOf(label, label.length + salt.length);
        System.arraycopy(salt, 0, labelled, label.length, salt.length);
        return SCrypt.generate(passphrase, labelled, 1 << work, BLOCK, 1, KEY);
    }

    static byte[] payloadKey(byte[] fileKey, byte[] nonce) throws GeneralSecurityException {
        return derive(fileKey, nonce, "payload");
    }

    /** The authentication code of a header, up to and with {@link #MAC_LINE}. */
    static byte[] mac(byte[] fileKey, String header) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(derive(fileKey, new byte[0], "header"), "HmacSHA256"));
        return mac.doFinal(header.getBytes(StandardCharsets.US_ASCII));
    }

    /** Encrypts or decrypts one text under a key that is used for this one only, or with a counted nonce. */
    static byte[] cipher(int mode, byte[] key, byte[] nonce, byte[] text, int length) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
        return cipher.doFinal(text, 0, length);
    }

    static byte[] zeroNonce() {
        return new byte[CIPHER_NONCE];
    }

    /** The nonce of a chunk: its number, and whether it is the last one. */
    static byte[] chunkNonce(long number, boolean last) {
        byte[] nonce = zeroNonce();
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[CIPHER_NONCE - 2 - i] = (byte) (number >>> (8 * i));
        }
        nonce[CIPHER_NONCE - 1] = (byte) (last ? 1 : 0);
        return nonce;
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] derive(byte[] fileKey, byte[] salt, String info) throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.ofExtract()
                        .addIKM(fileKey)
                        .addSalt(salt)
                        .thenExpand(info.getBytes(StandardCharsets.US_ASCII), KEY));
    }
}
