package io.mcpserver.storage.journal;

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

    private final Path file;
    private final SegmentHeader header;
    private final FileChannel channel;
    private long length;

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

    /** Opens one that was read, and cuts what is behind its whole frames. */
    static Segment open(Opening opening, Path file, SegmentReader.End end) throws IOException {
        FileChannel channel = opening.open(file, StandardOpenOption.WRITE);
        Segment segment = new Segment(file, end.header().orElseThrow(), channel, end.length());
        try {
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
        if (channel.size() > length) {
            channel.truncate(length);
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
