package io.mcpserver.embedding.onnx;

import io.mcpserver.embedding.Embedder;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Writes the vectors of the texts in a folder's {@code texts.txt}, one a line, into its {@code vectors.f32}. */
final class EmbedTexts {

    private static final int AT_ONCE = 512;

    private EmbedTexts() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Path part = Files.createTempFile(folder, "vectors", null);
        List<String> texts = Files.readAllLines(folder.resolve("texts.txt"));
        long began = System.nanoTime();
        try (Embedder model = new MiniLmEmbedder();
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
            for (int from = 0; from < texts.size(); from += AT_ONCE) {
                for (float[] vector : model.embed(texts.subList(from, Math.min(texts.size(), from + AT_ONCE)))) {
                    ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
                    bytes.asFloatBuffer().put(vector);
                    out.write(bytes.array());
                }
                if (from / AT_ONCE % 20 == 0) {
                    System.out.printf("%,d of %,d after %,d s%n", from, texts.size(), (System.nanoTime() - began) / 1_000_000_000);
                }
            }
        }
        Files.move(part, folder.resolve("vectors.f32"), StandardCopyOption.REPLACE_EXISTING);
    }
}
