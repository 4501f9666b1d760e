package io.mcpserver.storage.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Opens real files on a disk that can be told to fail. A flush that fails loses what it should have flushed, as systems do
 * that take pages for written although the disk refused them: it can still be read, no later flush brings it to the disk, and
 * a power cut takes it.
 */
final class FaultyFiles implements Segment.Opening {

    private static final int PAGE = 4_096;

    /** What is on the disk of a file, and which of its pages the next flush brings there. */
    private static final class OnDisk {
        private byte[] bytes = new byte[0];
        private final Set<Long> unflushed = new HashSet<>();
    }

    private final Map<Path, OnDisk> disk = new HashMap<>();

    /** Bytes that can still be written before the disk is full. */
    volatile long room = Long.MAX_VALUE;

    /** Whether flushes fail. */
    volatile boolean flushesFail;

    /** How many of the next flushes fail. */
    volatile int failures;

    /** Whether cutting fails. */
    volatile boolean cutsFail;

    /** Most bytes that one write takes. */
    volatile int shortest = Integer.MAX_VALUE;

    volatile int flushes;

    @Override
    public FileChannel open(Path file, StandardOpenOption... options) throws IOException {
        return new Faulty(FileChannel.open(file, readable(options)), disk.computeIfAbsent(file, path -> new OnDisk()));
    }

    private static Set<StandardOpenOption> readable(StandardOpenOption... options) {
        Set<StandardOpenOption> all = new HashSet<>(Set.of(options));
        all.add(StandardOpenOption.READ);
        return all;
    }

    /** Leaves of each file what is on the disk. */
    void cutPower() throws IOException {
        for (Map.Entry<Path, OnDisk> file : disk.entrySet()) {
            if (Files.exists(file.getKey())) {
                Files.write(file.getKey(), file.getValue().bytes);
            }
        }
    }

    private final class Faulty extends FileChannel {

        private final FileChannel real;
        private final OnDisk onDisk;

        Faulty(FileChannel real, OnDisk onDisk) {
            this.real = real;
            this.onDisk = onDisk;
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
            for (long page = position / PAGE; page * PAGE < position + written; page++) {
                onDisk.unflushed.add(page);
            }
            return written;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            if (flushesFail || failures > 0) {
                failures--;
                onDisk.unflushed.clear();
                throw new IOException("Input/output error");
            }
            flushes++;
            real.force(metaData);
            bringToDisk();
        }

        private void bringToDisk() throws IOException {
            onDisk.bytes = Arrays.copyOf(onDisk.bytes, (int) real.size());
            for (long page : onDisk.unflushed) {
                int at = (int) page * PAGE;
                if (at < onDisk.bytes.length) {
                    real.read(ByteBuffer.wrap(onDisk.bytes, at, Math.min(PAGE, onDisk.bytes.length - at)), at);
                }
            }
            onDisk.unflushed.clear();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            if (cutsFail) {
                throw new IOException("Input/output error");
            }
            onDisk.unflushed.add(size / PAGE);
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
        public int read(ByteBuffer bytes, long position) throws IOException {
            return real.read(bytes, position);
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
