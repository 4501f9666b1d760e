package io.mcpserver.data.age;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;

/**
 * Decrypts what was encrypted with a passphrase. Nothing is given that is not authentic and in its place; a text that was
 * cut off fails with an {@link EncryptionException} where it ends. Not for several threads.
 */
public final class AgeInput extends InputStream {

    private static final Pattern HEADER = Pattern.compile("-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)");
    private static final int LONGEST_LINE = 200;

    private final InputStream in;
    private final byte[] key;
    private final byte[] sealed = new byte[AgeFormat.CHUNK + AgeFormat.TAG];
    private int ahead;
    private byte[] chunk = new byte[0];
    private int at;
    private long number;
    private boolean ended;

    /**
     * Reads the header.
     *
     * @param passphrase not kept
     * @throws EncryptionException if the passphrase is another one, or the header is damaged
     */
    public AgeInput(InputStream in, char[] passphrase) throws IOException {
        this.in = in;
        try {
            String first = line() + "\n";
            String stanza = line();
            String body = line();
            String mac = line();
            Matcher matcher = HEADER.matcher(stanza);
            if (!first.equals(AgeFormat.FIRST_LINE) || !matcher.matches() || !mac.startsWith("--- ")) {
                throw new EncryptionException("was not encrypted with a passphrase in the format of age, version 1");
            }
            int work = Integer.parseInt(matcher.group(2));
            if (work > AgeFormat.MOST_WORK) {
                throw new EncryptionException("asks for more memory than is worth it to derive its key: its work is 2^"
                        + work + ", at most 2^" + AgeFormat.MOST_WORK + " is done");
            }
            byte[] fileKey = fileKey(passphrase, matcher.group(1), work, body);
            String header = first + stanza + "\n" + body + "\n" + AgeFormat.MAC_LINE;
            if (!MessageDigest.isEqual(AgeFormat.mac(fileKey, header), decode(mac.substring(4)))) {
                throw new EncryptionException("is damaged in its first lines");
            }
            byte[] nonce = in.readNBytes(AgeFormat.NONCE);
            if (nonce.length < AgeFormat.NONCE) {
                throw new EncryptionException("is cut off");
            }
            key = AgeFormat.payloadKey(fileKey, nonce);
        } catch (GeneralSecurityException e) {
            throw new IOException("This Java cannot decrypt", e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (at == chunk.length) {
            if (ended) {
                return -1;
            }
            readChunk();
        }
        int some = Math.min(length, chunk.length - at);
        System.arraycopy(chunk, at, bytes, from, some);
        at += some;
        return some;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static byte[] fileKey(char[] passphrase, String salt, int work, String body) throws IOException {
        byte[] wrap = AgeFormat.wrapKey(Passphrase.bytes(passphrase), decode(salt), work);
        byte[] sealedKey = decode(body);
        try {
            if (sealedKey.length == AgeFormat.FILE_KEY + AgeFormat.TAG) {
                return AgeFormat.cipher(Cipher.DECRYPT_MODE, wrap, AgeFormat.zeroNonce(), sealedKey, sealedKey.length);
            }
        } catch (GeneralSecurityException e) {
            throw new EncryptionException("cannot be decrypted with this passphrase", e);
        }
        throw new EncryptionException("is damaged in its first lines");
    }

    private static byte[] decode(String text) throws EncryptionException {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            // One text a value, or damage would go unnoticed.
            if (AgeFormat.base64(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new EncryptionException("is damaged in its first lines", e);
        }
        throw new EncryptionException("is damaged in its first lines");
    }

    /** A chunk is the last one when nothing is behind it, so one byte is always read ahead. */
    private void readChunk() throws IOException {
        int length = ahead + in.readNBytes(sealed, ahead, sealed.length - ahead);
        int next = length < sealed.length ? -1 : in.read();
        boolean last = next < 0;
        if (length < AgeFormat.TAG || last && length == AgeFormat.TAG && number > 0) {
            throw new EncryptionException("is cut off");
        }
        try {
            byte[] nonce = AgeFormat.chunkNonce(number, last);
            chunk = AgeFormat.cipher(Cipher.DECRYPT_MODE, key, nonce, sealed, length);
        } catch (GeneralSecurityException e) {
            throw new EncryptionException("is damaged or cut off", e);
        }
        at = 0;
        number++;
        ended = last;
        ahead = last ? 0 : 1;
        sealed[0] = (byte) next;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int read = in.read();
        while (read != '\n') {
            if (read < 0 || read > 126 || line.length() > LONGEST_LINE) {
                throw new EncryptionException("is damaged in its first lines", new EOFException());
            }
            line.append((char) read);
            read = in.read();
        }
        return line.toString();
    }

    /** Whether a text begins as one that was encrypted so. */
    public static boolean isEncrypted(byte[] beginning) {
        String text = new String(beginning, StandardCharsets.ISO_8859_1);
        return text.startsWith("age-encryption.org/");
    }
}
