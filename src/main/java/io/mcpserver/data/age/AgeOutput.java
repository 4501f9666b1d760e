package io.mcpserver.data.age;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;

/** Encrypts what is written. Without {@link #finish} what was written cannot be read. Not for several threads. */
public final class AgeOutput extends OutputStream {

    private final OutputStream out;
    private final byte[] key;
    private final byte[] chunk = new byte[AgeFormat.CHUNK];
    private int filled;
    private long number;
    private boolean finished;

    /**
     * Writes the header.
     *
     * @param passphrase not kept
     */
    public AgeOutput(OutputStream out, char[] passphrase) throws IOException {
        this(out, passphrase, AgeFormat.WORK);
    }

    /** @param work of scrypt as a power of two */
    AgeOutput(OutputStream out, char[] passphrase, int work) throws IOException {
        this.out = out;
        try {
            byte[] fileKey = AgeFormat.random(AgeFormat.FILE_KEY);
            byte[] salt = AgeFormat.random(AgeFormat.SALT);
            byte[] wrap = AgeFormat.wrapKey(Passphrase.bytes(passphrase), salt, work);
            byte[] body = AgeFormat.cipher(Cipher.ENCRYPT_MODE, wrap, AgeFormat.zeroNonce(), fileKey, fileKey.length);
            String header = AgeFormat.FIRST_LINE + AgeFormat.STANZA + AgeFormat.base64(salt) + " " + work + "\n"
                    + AgeFormat.base64(body) + "\n" + AgeFormat.MAC_LINE;
            String mac = AgeFormat.base64(AgeFormat.mac(fileKey, header));
            out.write((header + " " + mac + "\n").getBytes(StandardCharsets.US_ASCII));
            byte[] nonce = AgeFormat.random(AgeFormat.NONCE);
            out.write(nonce);
            key = AgeFormat.payloadKey(fileKey, nonce);
        } catch (GeneralSecurityException e) {
            throw new IOException("This Java cannot encrypt", e);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        int left = length;
        while (left > 0) {
            if (filled == chunk.length) {
                writeChunk(false);
            }
            int some = Math.min(left, chunk.length - filled);
            System.arraycopy(bytes, at, chunk, filled, some);
            filled += some;
            at += some;
            left -= some;
        }
    }

    /** Writes the end, by which a reader knows that nothing is missing; leaves what is below open. */
    public void finish() throws IOException {
        if (!finished) {
            finished = true;
            writeChunk(true);
            Arrays.fill(key, (byte) 0);
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        finish();
        out.close();
    }

    private void writeChunk(boolean last) throws IOException {
        try {
            byte[] nonce = AgeFormat.chunkNonce(number, last);
            out.write(AgeFormat.cipher(Cipher.ENCRYPT_MODE, key, nonce, chunk, filled));
        } catch (GeneralSecurityException e) {
            throw new IOException("This Java cannot encrypt", e);
        }
        number++;
        filled = 0;
    }
}
