package io.mcpserver.storage.lancedb.passages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.Dataset;
import org.lance.ipc.LanceScanner;
import org.lance.ipc.ScanOptions;

/** Reads passages, some at a time. */
final class PassageScan {

    /** Takes some as Lance gives them. */
    interface Batches {
        void take(VectorSchemaRoot batch);
    }

    private PassageScan() {}

    static void run(Dataset dataset, ScanOptions.Builder options, Batches batches) throws IOException {
        try (LanceScanner scanner = dataset.newScan(options.build());
                ArrowReader reader = scanner.scanBatches()) {
            while (reader.loadNextBatch()) {
                batches.take(reader.getVectorSchemaRoot());
            }
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("The passages cannot be read: " + e.getMessage(), e);
        }
    }

    static String text(VectorSchemaRoot batch, String column, int at) {
        return new String(((VarCharVector) batch.getVector(column)).get(at), StandardCharsets.UTF_8);
    }

    static float number(VectorSchemaRoot batch, String column, int at) {
        return ((Float4Vector) batch.getVector(column)).get(at);
    }
}
