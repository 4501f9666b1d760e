package io.mcpserver.embedding.onnx;

import io.mcpserver.embedding.Embedder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The model that the server has, and beside it the vectors that it made of many texts once: those are read from a file,
 * any other text is embedded. So a benchmark of storage and search need not wait for a hundred thousand embeddings, and
 * has the vectors, and the memory of the model, nevertheless.
 */
final class KnownVectors implements Embedder {

    /** The last texts are those that questions are asked with, and embedded as they are asked. */
    private static final int UNKNOWN = Integer.getInteger("known.unknown");

    private final Embedder model;
    private final FloatBuffer vectors;
    private final int[] rows;
    private final long[] hashes;

    /** @param folder has {@code texts.txt}, one text a line, and {@code vectors.f32}, a vector for each */
    KnownVectors(Path folder, Embedder model) throws IOException {
        this.model = model;
        try (FileChannel channel = FileChannel.open(folder.resolve("vectors.f32"))) {
            vectors = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
        }
        int count = vectors.capacity() / model.dimension() - UNKNOWN;
        hashes = new long[Integer.highestOneBit(count) * 4];
        rows = new int[hashes.length];
        try (BufferedReader lines = Files.newBufferedReader(folder.resolve("texts.txt"))) {
            int row = 0;
            for (String line = lines.readLine(); row < count; line = lines.readLine()) {
                int place = place(hash(line));
                hashes[place] = hash(line);
                rows[place] = row++;
            }
        }
    }

    @Override
    public String model() {
        return model.model();
    }

    @Override
    public int dimension() {
        return model.dimension();
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        List<float[]> all = new ArrayList<>();
        for (String text : texts) {
            int place = place(hash(text));
            all.add(hashes[place] == 0 ? model.embed(List.of(text)).getFirst() : vector(rows[place]));
        }
        return all;
    }

    private float[] vector(int row) {
        float[] vector = new float[model.dimension()];
        vectors.get(row * vector.length, vector);
        return vector;
    }

    /** Where a hash stands, or would. */
    private int place(long hash) {
        int place = (int) (hash ^ hash >>> 32) & hashes.length - 1;
        while (hashes[place] != 0 && hashes[place] != hash) {
            place = place + 1 & hashes.length - 1;
        }
        return place;
    }

    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash == 0 ? 1 : hash;
    }

    @Override
    public void close() {
        model.close();
    }
}
