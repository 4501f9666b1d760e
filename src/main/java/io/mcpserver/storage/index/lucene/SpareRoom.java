package io.mcpserver.storage.index.lucene;

import io.mcpserver.storage.FreeSpace;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexOutput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;

/**
 * The files of an index, which end before the disk does: what is derived leaves the last room to the record, so that
 * documents can be deleted on a full disk however much the index is about to write.
 */
final class SpareRoom extends FilterDirectory {

    /** Bytes that a file may grow by before the disk is looked at again. */
    private static final int STEP = 64 << 10;

    private final Path path;

    private SpareRoom(Path path, Directory files) {
        super(files);
        this.path = path;
    }

    static SpareRoom open(Path path) throws IOException {
        return new SpareRoom(path, FSDirectory.open(path));
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
        return new Output(in.createOutput(name, context));
    }

    @Override
    public IndexOutput createTempOutput(String prefix, String suffix, IOContext context) throws IOException {
        return new Output(in.createTempOutput(prefix, suffix, context));
    }

    private final class Output extends FilterIndexOutput {

        private long unseen = STEP;

        Output(IndexOutput out) {
            super(out.toString(), out.getName(), out);
        }

        @Override
        public void writeByte(byte one) throws IOException {
            look(Byte.BYTES);
            out.writeByte(one);
        }

        @Override
        public void writeBytes(byte[] bytes, int offset, int length) throws IOException {
            look(length);
            out.writeBytes(bytes, offset, length);
        }

        @Override
        public void writeShort(short number) throws IOException {
            look(Short.BYTES);
            out.writeShort(number);
        }

        @Override
        public void writeInt(int number) throws IOException {
            look(Integer.BYTES);
            out.writeInt(number);
        }

        @Override
        public void writeLong(long number) throws IOException {
            look(Long.BYTES);
            out.writeLong(number);
        }

        private void look(int bytes) throws IOException {
            unseen += bytes;
            if (unseen >= STEP) {
                unseen = 0;
                FreeSpace.requireSpare(path, bytes);
            }
        }
    }
}
