package io.mcpserver.storage.journal;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Reads one segment from its beginning to its end, or to where a write was torn.
 *
 * <p>Torn is what ends the newest segment: a frame was being written and was never acknowledged. Anything else that cannot
 * be read is damage and is refused.
 */
final class SegmentReader {

    /** What is done with a record. */
    interface Reading {
        void record(long number, byte[] bytes) throws IOException;
    }

    /**
     * Where a segment ends.
     *
     * @param header empty where the segment ends within its header
     * @param next number of the record that would come next
     * @param length bytes that are whole
     * @param suspect whether what comes after them has the length of a whole frame, so that it may have been one
     */
    record End(Optional<SegmentHeader> header, long next, long length, boolean suspect) {}

    private final Path file;
    private final boolean newest;

    private SegmentReader(Path file, boolean newest) {
        this.file = file;
        this.newest = newest;
    }

    /**
     * Reads a segment.
     *
     * @param first number of its first record, as its name says
     * @param newest whether there is none after it
     * @throws StoreException {@code STORE_UNAVAILABLE} if it is damaged
     */
    static End read(Path file, long first, boolean newest, Reading reading) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new SegmentReader(file, newest).read(channel, first, reading);
        }
    }

    private End read(FileChannel channel, long first, Reading reading) throws IOException {
        long size = channel.size();
        byte[] bytes = bytes(channel, 0, (int) Math.min(size, SegmentHeader.BYTES));
        Optional<SegmentHeader> found = SegmentHeader.decode(bytes);
        if (found.isEmpty()) {
            if (newest && size <= SegmentHeader.BYTES) {
                return new End(found, first, 0, false);
            }
            throw damaged(0, first, "its first bytes are not those of a journal");
        }
        requireKnownFormat(file, bytes);
        if (found.get().first() != first) {
            throw damaged(0, first, "it begins with record " + found.get().first());
        }
        return frames(channel, size, found.get(), reading);
    }

    /**
     * Refuses a segment of a newer program.
     *
     * @param bytes its first ones, of which the checksum is right
     */
    static void requireKnownFormat(Path file, byte[] bytes) {
        if (SegmentHeader.format(bytes) > SegmentHeader.FORMAT) {
            throw new StoreException(
                    ErrorCode.STORE_UNAVAILABLE,
                    "The journal " + file + " was written by a newer version of this program (format "
                            + SegmentHeader.format(bytes) + ", this one knows " + SegmentHeader.FORMAT
                            + "): start that version.");
        }
    }

    private End frames(FileChannel channel, long size, SegmentHeader header, Reading reading) throws IOException {
        long at = SegmentHeader.BYTES;
        long next = header.first();
        while (at < size) {
            byte[] start = bytes(channel, at, (int) Math.min(size - at, Frame.HEADER));
            Optional<Frame.Header> found = Frame.header(start, 0, header.salt());
            if (found.isEmpty()) {
                return torn(channel, at, next, size, header);
            }
            Frame.Header frame = found.get();
            long end = at + Frame.HEADER + frame.length();
            if (frame.first() != next) {
                throw damaged(at, next, "record " + frame.first() + " is in its place");
            }
            if (end > size) {
                return cut(header, at, next, false);
            }
            byte[] payload = bytes(channel, at + Frame.HEADER, frame.length());
            if (!frame.fits(payload)) {
                if (end < size) {
                    throw damaged(at, next, "its checksum is wrong, and others follow it");
                }
                return cut(header, at, next, true);
            }
            for (byte[] record : Frame.decode(frame, payload).records()) {
                reading.record(next++, record);
            }
            at = end;
        }
        return new End(Optional.of(header), next, at, false);
    }

    /** A frame without a whole header: torn, unless another frame comes after it. */
    private End torn(FileChannel channel, long at, long next, long size, SegmentHeader header) throws IOException {
        byte[] rest = bytes(channel, at, (int) Math.min(size - at, Integer.MAX_VALUE - 8));
        for (int i = 1; i <= rest.length - Frame.HEADER; i++) {
            if (Frame.header(rest, i, header.salt()).isPresent()) {
                throw damaged(at, next, "it cannot be read, and others follow it");
            }
        }
        return cut(header, at, next, rest.length > Frame.HEADER);
    }

    private End cut(SegmentHeader header, long at, long next, boolean suspect) {
        if (!newest) {
            throw damaged(at, next, "it cannot be read, and another segment follows it");
        }
        return new End(Optional.of(header), next, at, suspect);
    }

    private StoreException damaged(long at, long number, String why) {
        return new StoreException(
                ErrorCode.STORE_UNAVAILABLE,
                "The journal " + file + " is damaged at byte " + at + ", record " + number + ": " + why
                        + ". Nothing was changed. Restore a backup, or move the folder " + file.getParent()
                        + " elsewhere to go on without the writes in it.");
    }

    private static byte[] bytes(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
            // Reads on.
        }
        return bytes.array();
    }
}
