package io.mcpserver.storage.lancedb.passages;

import io.mcpserver.storage.lancedb.dataset.FirstPlane;
import io.mcpserver.storage.search.IndexedDocument;
import io.mcpserver.storage.search.SearchIndexFactory.Contents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** Passages on their way into Lance, in batches that need little memory. */
final class PassageStream extends ArrowReader {

    private static final int BATCH_ROWS = 1_024;

    private record Passage(IndexedDocument document, int number) {}

    private final Contents contents;
    private final Iterator<Passage> passages;

    PassageStream(BufferAllocator allocator, Contents contents, Collection<IndexedDocument> documents) {
        super(allocator);
        this.contents = contents;
        this.passages = documents.stream()
                .flatMap(document -> IntStream.range(
                                0, Math.max(1, document.passages().size()))
                        .mapToObj(number -> new Passage(document, number)))
                .iterator();
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        VectorSchemaRoot root = getVectorSchemaRoot();
        // The batch before may still be read on the other side, so it is let go, not written over.
        root.clear();
        int size = 0;
        while (size < BATCH_ROWS && passages.hasNext()) {
            write(root, size++, passages.next());
        }
        root.setRowCount(size);
        return size > 0;
    }

    private void write(VectorSchemaRoot root, int at, Passage passage) {
        IndexedDocument document = passage.document();
        text(root, Columns.KEY, at, FirstPlane.write(document.key()));
        text(root, Columns.COLLECTION, at, document.collection());
        ((BigIntVector) root.getVector(Columns.VERSION)).setSafe(at, document.version());
        ((IntVector) root.getVector(Columns.PASSAGE)).setSafe(at, passage.number());
        ((BitVector) root.getVector(Columns.PENDING)).setSafe(at, document.pending() ? 1 : 0);
        if (document.passages().isEmpty()) {
            ((VarCharVector) root.getVector(Columns.TERMS)).setNull(at);
        } else {
            String text = document.passages().get(passage.number());
            text(root, Columns.TERMS, at, TermText.of(contents.terms().apply(text)));
        }
        if (contents.dimension() > 0) {
            vector((FixedSizeListVector) root.getVector(Columns.VECTOR), at, passage);
        }
    }

    private void vector(FixedSizeListVector column, int at, Passage passage) {
        if (passage.document().vectors().isEmpty()) {
            column.setNull(at);
            return;
        }
        float[] vector = passage.document().vectors().get(passage.number());
        Float4Vector numbers = (Float4Vector) column.getDataVector();
        column.setNotNull(at);
        for (int i = 0; i < vector.length; i++) {
            numbers.setSafe(at * vector.length + i, vector[i]);
        }
    }

    private static void text(VectorSchemaRoot root, String column, int at, String text) {
        ((VarCharVector) root.getVector(column)).setSafe(at, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    protected void closeReadSource() {}

    @Override
    protected Schema readSchema() {
        return Columns.schema(contents.dimension());
    }
}
