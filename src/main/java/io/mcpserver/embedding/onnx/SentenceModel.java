package io.mcpserver.embedding.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;

/**
 * A BERT sentence model and its tokenizer in native memory.
 *
 * <p>Threads: safe for any number of callers, but it must not be closed while one is inside. It
 * starts no thread of its own and keeps no working memory between calls.
 */
final class SentenceModel implements AutoCloseable {

    private static final Logger LOG = System.getLogger(SentenceModel.class.getName());
    private static final String MOST_TOKENS = "256";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;

    private SentenceModel(OrtEnvironment environment, OrtSession session, HuggingFaceTokenizer tokenizer) {
        this.environment = environment;
        this.session = session;
        this.tokenizer = tokenizer;
    }

    /** Loads {@code NAME.onnx} and {@code NAME-tokenizer.json} from the class path. */
    static SentenceModel load(String name) {
        long started = System.nanoTime();
        try (NativeFolder folder = NativeFolder.create()) {
            folder.use();
            OrtEnvironment environment =
                    OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "mcp-server");
            SentenceModel model = new SentenceModel(environment, session(environment, name), tokenizer(name));
            LOG.log(Level.INFO, "Loaded the embedding model {0} in {1} ms.", name, text(millisSince(started)));
            return model;
        } catch (IOException | OrtException | RuntimeException | LinkageError e) {
            throw new CodedException(
                    ErrorCode.UNSUPPORTED,
                    ("The embedding model %s cannot be loaded (%s). It unpacks native libraries below java.io.tmpdir,"
                                    + " which must be writable; set embedding.model to 'none' to search by words only.")
                            .formatted(name, e.getMessage()),
                    e);
        }
    }

    private static OrtSession session(OrtEnvironment environment, String name) throws IOException, OrtException {
        try (SessionOptions options = new SessionOptions();
                InputStream file = resource(name + ".onnx")) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setCPUArenaAllocator(false);
            options.setMemoryPatternOptimization(false);
            return environment.createSession(file.readAllBytes(), options);
        }
    }

    private static HuggingFaceTokenizer tokenizer(String name) throws IOException {
        try (InputStream file = resource(name + "-tokenizer.json")) {
            return HuggingFaceTokenizer.newInstance(
                    file,
                    Map.of(
                            "padding",
                            "false",
                            "truncation",
                            "true",
                            "maxLength",
                            MOST_TOKENS,
                            "modelMaxLength",
                            MOST_TOKENS));
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream file = SentenceModel.class.getResourceAsStream("/" + name);
        if (file == null) {
            throw new FileNotFoundException(name + " is not on the class path");
        }
        return file;
    }

    /** The mean of the vectors of the text's tokens, of unit length. */
    float[] embed(String text) {
        Encoding tokens = tokenizer.encode(text);
        long[] shape = {1, tokens.getIds().length};
        try (OnnxTensor ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens.getIds()), shape);
                OnnxTensor mask =
                        OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens.getAttentionMask()), shape);
                OnnxTensor types = OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens.getTypeIds()), shape);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
            OnnxTensor hidden = (OnnxTensor) result.get(0);
            return unitSum(hidden.getFloatBuffer(), (int) hidden.getInfo().getShape()[2]);
        } catch (OrtException e) {
            throw new CodedException(ErrorCode.INTERNAL, "The embedding model failed: " + e.getMessage(), e);
        }
    }

    /** The direction of a sum is that of the mean. */
    private static float[] unitSum(FloatBuffer rows, int columns) {
        float[] sum = new float[columns];
        while (rows.hasRemaining()) {
            for (int i = 0; i < columns; i++) {
                sum[i] += rows.get();
            }
        }
        double squares = 0;
        for (float value : sum) {
            squares += (double) value * value;
        }
        float scale = (float) (1 / Math.sqrt(squares));
        for (int i = 0; i < columns; i++) {
            sum[i] *= scale;
        }
        return sum;
    }

    @Override
    public void close() {
        tokenizer.close();
        try {
            session.close();
        } catch (OrtException e) {
            LOG.log(Level.DEBUG, "closing the embedding model", e);
        }
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    private static String text(long number) {
        return Long.toString(number);
    }
}
