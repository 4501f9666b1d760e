package io.mcpserver.storage.lancedb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Iterator;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** Rows on their way into Lance, in batches that need little memory. */
final class RowStream extends ArrowReader {

    private static final int BATCH_ROWS = 1_024;
    private static final int BATCH_BYTES = 4_000_000;

    private final Iterator<Row> rows;

    RowStream(BufferAllocator allocator, Collection<Row> rows) {
        super(allocator);
        this.rows = rows.iterator();
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        VectorSchemaRoot root = getVectorSchemaRoot();
        // The batch before may still be read on the other side, so it is let go, not written over.
        root.clear();
        int size = 0;
        for (int bytes = 0; size < BATCH_ROWS && bytes < BATCH_BYTES && rows.hasNext(); size++) {
            Row row = rows.next();
            write(root, size, row);
            bytes += row.bytes();
        }
        root.setRowCount(size);
        return size > 0;
    }

    private static void write(VectorSchemaRoot root, int at, Row row) {
        text(root, Columns.KEY, at, row.key());
        text(root, Columns.COLLECTION, at, Keys.isInternal(row.key()) ? "" : Keys.collection(row.key()));
        number(root, Columns.VERSION, at, row.version());
        number(root, Columns.SEQUENCE, at, row.sequence());
        number(root, Columns.CREATED, at, row.created());
        number(root, Columns.UPDATED, at, row.updated());
        ((BitVector) root.getVector(Columns.LIVE)).setSafe(at, row.live() ? 1 : 0);
        ((IntVector) root.getVector(Columns.BYTES)).setSafe(at, row.bytes());
        if (row.content() == null) {
            ((VarCharVector) root.getVector(Columns.CONTENT)).setNull(at);
        } else {
            text(root, Columns.CONTENT, at, row.content());
        }
    }

    private static void text(VectorSchemaRoot root, String column, int at, String text) {
        ((VarCharVector) root.getVector(column)).setSafe(at, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void number(VectorSchemaRoot root, String column, int at, long number) {
        ((BigIntVector) root.getVector(column)).setSafe(at, number);
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    protected void closeReadSource() {}

    @Override
    protected Schema readSchema() {
        return Columns.SCHEMA;
    }
}
