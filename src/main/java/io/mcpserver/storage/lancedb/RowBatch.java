package io.mcpserver.storage.lancedb;

import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Some rows as Lance gives them, column by column; columns that were not asked for read as nothing. */
final class RowBatch {

    private final VarCharVector key;
    private final VarCharVector collection;
    private final BigIntVector version;
    private final BigIntVector sequence;
    private final BigIntVector created;
    private final BigIntVector updated;
    private final BitVector live;
    private final IntVector bytes;
    private final VarCharVector content;
    private final UInt8Vector rowId;
    private final int size;

    RowBatch(VectorSchemaRoot root) {
        size = root.getRowCount();
        key = vector(root, Columns.KEY);
        collection = vector(root, Columns.COLLECTION);
        version = vector(root, Columns.VERSION);
        sequence = vector(root, Columns.SEQUENCE);
        created = vector(root, Columns.CREATED);
        updated = vector(root, Columns.UPDATED);
        live = vector(root, Columns.LIVE);
        bytes = vector(root, Columns.BYTES);
        content = vector(root, Columns.CONTENT);
        rowId = vector(root, Columns.ROW_ID);
    }

    int size() {
        return size;
    }

    Row row(int at) {
        return new Row(
                text(key, at),
                number(version, at),
                sequence(at),
                number(created, at),
                number(updated, at),
                live(at),
                bytes(at),
                content == null || content.isNull(at) ? null : text(content, at));
    }

    String collection(int at) {
        return text(collection, at);
    }

    long sequence(int at) {
        return number(sequence, at);
    }

    boolean live(int at) {
        return live != null && live.get(at) == 1;
    }

    int bytes(int at) {
        return bytes == null ? 0 : bytes.get(at);
    }

    long rowId(int at) {
        return rowId.get(at);
    }

    String key(int at) {
        return text(key, at);
    }

    private static long number(BigIntVector vector, int at) {
        return vector == null ? 0 : vector.get(at);
    }

    private static String text(VarCharVector vector, int at) {
        return new String(vector.get(at), StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked")
    private static <V extends FieldVector> V vector(VectorSchemaRoot root, String name) {
        return (V) root.getVector(name);
    }
}
