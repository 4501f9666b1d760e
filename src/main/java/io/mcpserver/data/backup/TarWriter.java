package io.mcpserver.data.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes plain files into a tar of the format ustar. Not for several threads. */
final class TarWriter {

    static final int BLOCK = 512;

    private final OutputStream out;
    private final long seconds;

    /** @param seconds since the epoch: the time of all files */
    TarWriter(OutputStream out, long seconds) {
        this.out = out;
        this.seconds = seconds;
    }

    void file(String name, byte[] content) throws IOException {
        out.write(header(name, content.length, seconds));
        out.write(content);
        out.write(new byte[padding(content.length)]);
    }

    /** Writes the end; leaves what is below open. */
    void finish() throws IOException {
        out.write(new byte[2 * BLOCK]);
    }

    static int padding(long size) {
        return (int) ((BLOCK - size % BLOCK) % BLOCK);
    }

    /** The one header that such a file has. */
    static byte[] header(String name, long size, long seconds) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000600");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, octal(size));
        put(header, 136, octal(seconds));
        Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = '0';
        put(header, 257, "ustar");
        put(header, 263, "00");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format("%06o", sum));
        header[154] = 0;
        return header;
    }

    private static String octal(long number) {
        return String.format("%011o", number);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
