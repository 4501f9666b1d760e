package io.mcpserver.storage.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The first bytes of a segment.
 *
 * @param first number of the first record that the segment may hold
 * @param salt drawn for each segment and repeated in each of its frames, so that no document can hold bytes that look
 *     like a frame
 */
record SegmentHeader(long first, long salt) {

    static final int BYTES = 32;
    static final int FORMAT = 1;

    private static final byte[] MAGIC = "MCPJRNL\n".getBytes(StandardCharsets.US_ASCII);
    private static final int CHECKED = BYTES - Integer.BYTES;

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.put(MAGIC).putInt(FORMAT).putLong(first).putLong(salt);
        return bytes.putInt(checksum(bytes.array(), 0, CHECKED)).flip();
    }

    /** Empty where the bytes are not whole. */
    static Optional<SegmentHeader> decode(byte[] bytes) {
        if (bytes.length < BYTES
                || !ByteBuffer.wrap(bytes, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))
                || ByteBuffer.wrap(bytes).getInt(CHECKED) != checksum(bytes, 0, CHECKED)) {
            return Optional.empty();
        }
        ByteBuffer fields = ByteBuffer.wrap(bytes).position(MAGIC.length + Integer.BYTES);
        return Optional.of(new SegmentHeader(fields.getLong(), fields.getLong()));
    }

    /** The format that a header with a good checksum names. */
    static int format(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getInt(MAGIC.length);
    }

    static int checksum(byte[] bytes, int from, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, length);
        return (int) checksum.getValue();
    }
}
