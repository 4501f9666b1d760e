package io.mcpserver.storage.journal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file that records are appended to; what is beyond {@link #length()} counts for nothing. */
final class Segment implements AutoCloseable {

    /** How files are opened; another way than the usual lets tests break them. */
    interface Opening {
        FileChannel open(Path file, StandardOpenOption... options) throws IOException;
    }

    private static final int BUFFER = 64 << 10;

    private final Path file;
    private final SegmentHeader header;
    private final FileChannel channel;
    private long length;

    /** Whether what is behind the end may still be on the disk. */
    private boolean uncut;

    private Segment(Path file, SegmentHeader header, FileChannel channel, long length) {
        this.file = file;
        this.header = header;
        this.channel = channel;
        this.length = length;
    }

    /** Makes a new one, durable but for its name in the folder. */
    static Segment create(Opening opening, Path file, SegmentHeader header) throws IOException {
        FileChannel channel = opening.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        Segment segment = new Segment(file, header, channel, 0);
        try {
            segment.append(header.encode());
            return segment;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Opens one that was read, makes sure that what was read is on the disk, and cuts what is behind its whole frames. */
    static Segment open(Opening opening, Path file, SegmentReader.End end) throws IOException {
        FileChannel channel = opening.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Segment segment = new Segment(file, end.header().orElseThrow(), channel, end.length());
        try {
            segment.writeAgain();
            segment.cut();
            return segment;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    Path file() {
        return file;
    }

    long first() {
        return header.first();
    }

    long salt() {
        return header.salt();
    }

    long length() {
        return length;
    }

    /** Writes and flushes; after an exception the bytes may be there in part: {@link #cut} takes them away. */
    void append(ByteBuffer bytes) throws IOException {
        long end = length + bytes.remaining();
        long at = length;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
        channel.force(false);
        length = end;
    }

    /** Takes away what is behind the end, for good. */
    void cut() throws IOException {
        if (uncut || channel.size() > length) {
            uncut = true;
            channel.truncate(length);
            channel.force(true);
            uncut = false;
        }
    }

    /**
     * Writes the same bytes in their places. A process that was killed after a flush that failed may have left bytes that
     * can be read and that the system takes for flushed, though they never came to the disk. The next cut flushes.
     */
    private void writeAgain() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
        for (long at = 0; at < length; at += bytes.limit()) {
            bytes.clear().limit((int) Math.min(BUFFER, length - at));
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, at + bytes.position()) < 0) {
                    throw new EOFException("The journal " + file + " is shorter than it was a moment ago");
                }
            }
            bytes.flip();
            while (bytes.hasRemaining()) {
                channel.write(bytes, at + bytes.position());
            }
        }
        uncut = true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
