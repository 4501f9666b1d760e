package io.mcpserver.storage.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Opens real files on a disk that can be told to fail. */
final class FaultyFiles implements Segment.Opening {

    /** Bytes that can still be written before the disk is full. */
    volatile long room = Long.MAX_VALUE;

    /** Whether flushes fail. */
    volatile boolean flushesFail;

    /** Whether cutting fails. */
    volatile boolean cutsFail;

    /** Most bytes that one write takes. */
    volatile int shortest = Integer.MAX_VALUE;

    volatile int flushes;

    @Override
    public FileChannel open(Path file, StandardOpenOption... options) throws IOException {
        return new Faulty(FileChannel.open(file, options));
    }

    private final class Faulty extends FileChannel {

        private final FileChannel real;

        Faulty(FileChannel real) {
            this.real = real;
        }

        @Override
        public int write(ByteBuffer bytes, long position) throws IOException {
            if (room <= 0) {
                throw new IOException("No space left on device");
            }
            int most = (int) Math.min(Math.min(room, shortest), bytes.remaining());
            ByteBuffer some = bytes.slice(bytes.position(), most);
            int written = real.write(some, position);
            bytes.position(bytes.position() + written);
            room -= written;
            return written;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            if (flushesFail) {
                throw new IOException("Input/output error");
            }
            flushes++;
            real.force(metaData);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            if (cutsFail) {
                throw new IOException("Input/output error");
            }
            return real.truncate(size);
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        protected void implCloseChannel() throws IOException {
            real.close();
        }

        @Override
        public int read(ByteBuffer bytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ByteBuffer[] bytes, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer bytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] bytes, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileChannel position(long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(ByteBuffer bytes, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }
    }
}
