package io.mcpserver.storage.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is appended and flushed at once: the records of one group of writes under one checksum. Whoever finds a frame that
 * begins after a broken one knows that the broken one was whole once.
 *
 * @param first number of the first record
 */
record Frame(long first, List<byte[]> records) {

    static final int HEADER = 32;

    private static final int SALT_AT = 16;
    private static final int CHECKED = HEADER - Integer.BYTES;

    /** What stands before the records: their number, their bytes and the checksum of these. */
    record Header(long first, int count, int length, int checksum) {

        boolean fits(byte[] payload) {
            return SegmentHeader.checksum(payload, 0, payload.length) == checksum;
        }
    }

    ByteBuffer encode(long salt) {
        int length = records.stream()
                .mapToInt(record -> Integer.BYTES + record.length)
                .sum();
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + length).position(HEADER);
        records.forEach(record -> bytes.putInt(record.length).put(record));
        bytes.position(0).putInt(length).putInt(records.size()).putLong(first).putLong(salt);
        bytes.putInt(SegmentHeader.checksum(bytes.array(), HEADER, length));
        bytes.putInt(SegmentHeader.checksum(bytes.array(), 0, CHECKED));
        return bytes.position(0);
    }

    /** Empty where these bytes are no whole header of a segment with this salt. */
    static Optional<Header> header(byte[] bytes, int at, long salt) {
        if (bytes.length - at < HEADER) {
            return Optional.empty();
        }
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        if (fields.getLong(at + SALT_AT) != salt
                || fields.getInt(at + CHECKED) != SegmentHeader.checksum(bytes, at, CHECKED)) {
            return Optional.empty();
        }
        return Optional.of(
                new Header(fields.getLong(at + 8), fields.getInt(at + 4), fields.getInt(at), fields.getInt(at + 24)));
    }

    /** The salt that would be that of a frame which begins here. */
    static long salt(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getLong(at + SALT_AT);
    }

    static Frame decode(Header header, byte[] payload) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        List<byte[]> records = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] record = new byte[bytes.getInt()];
            bytes.get(record);
            records.add(record);
        }
        if (records.size() != header.count()) {
            throw new IOException("a frame of " + records.size() + " records that says it has " + header.count());
        }
        return new Frame(header.first(), records);
    }
}
