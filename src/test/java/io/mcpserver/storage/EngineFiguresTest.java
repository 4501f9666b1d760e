package io.mcpserver.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.ServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What each engine takes at some sizes, by itself: without index, model and protocol. Prints rows of a table: {@code ./mvnw
 * test -Dtest=EngineFiguresTest -Dtest.figures=1000,10000}; {@code -Dtest.figures.engines=tinydb} leaves out the others.
 */
@EnabledIfSystemProperty(
        named = "test.figures",
        matches = "[0-9,]+",
        disabledReason = "It measures and wants a quiet machine: -Dtest.figures=1000,10000")
class EngineFiguresTest {

    private static final int BATCH = 100;
    private static final int SINGLES = 500;
    private static final int QUERIES = 200;
    private static final int SAVERS = 64;
    private static final long SAVERS_MILLIS = 5_000;
    private static final String[] WORDS = "lorem ipsum dolor sit amet consectetur adipiscing elit sed do".split(" ");

    @TempDir
    Path folder;

    private final Random random = new Random(1);

    @Test
    void figures_of_all_engines() throws Exception {
        System.out.println("| engine | documents | save one p50 / p99 ms | batches of 100, documents/s | 64 savers,"
                + " documents/s | load p50 ms | query p50 ms | open ms | bytes on disk |");
        for (String size : System.getProperty("test.figures").split(",")) {
            for (DocumentStoreFactory engine : ServiceLoader.load(DocumentStoreFactory.class)) {
                if (List.of(System.getProperty("test.figures.engines", engine.type())
                                .split(","))
                        .contains(engine.type())) {
                    measure(engine, Integer.parseInt(size));
                }
            }
        }
    }

    private void measure(DocumentStoreFactory engine, int size) throws Exception {
        Path data = folder.resolve(engine.type() + size);
        ServerConfig.Storage config = new ServerConfig.Storage(engine.type(), data, 256L << 20, 4);
        DocumentStore store = engine.open(config, ChangeListener.NONE);
        long began = System.nanoTime();
        for (int from = 0; from < size; from += BATCH) {
            store.save("notes", documents(from, BATCH));
        }
        double batches = size / ((System.nanoTime() - began) / 1e9);
        double[] saves = times(SINGLES, i -> store.save("notes", documents(random.nextInt(size), 1)));
        double[] loads = times(SINGLES, i -> assertThat(store.load("notes", List.of("n" + random.nextInt(size))))
                .hasSize(1));
        Filter filter = new Filter.And(List.of(
                new Filter.Compare("year", Filter.Operator.GTE, JsonNodeFactory.instance.numberNode(2010)),
                new Filter.Compare("tag", Filter.Operator.EQ, JsonNodeFactory.instance.textNode("t7"))));
        Query query = new Query("notes", filter, List.of(Query.Sort.parse("-year")), 10, Optional.empty());
        double[] queries =
                times(QUERIES, i -> assertThat(store.query(query).documents()).hasSize(10));
        double many = savers(store);
        store.delete("many", Filter.ALL);
        store.close();
        double[] opens = times(5, i -> engine.open(config, ChangeListener.NONE).close());
        try (DocumentStore again = engine.open(config, ChangeListener.NONE)) {
            assertThat(again.count("notes", Filter.ALL)).isEqualTo(size);
        }
        System.out.printf(
                "| %s | %,d | %.2f / %.2f | %,.0f | %,.0f | %.3f | %.2f | %.0f | %,d |%n",
                engine.type(),
                size,
                at(saves, 0.5),
                at(saves, 0.99),
                batches,
                many,
                at(loads, 0.5),
                at(queries, 0.5),
                at(opens, 0.5),
                bytes(data));
    }

    /** Documents a second that many callers save together, one each call, beside what is there. */
    private double savers(DocumentStore store) throws InterruptedException {
        AtomicInteger saved = new AtomicInteger();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SAVERS_MILLIS);
        try (ExecutorService callers = Executors.newFixedThreadPool(SAVERS)) {
            for (int i = 0; i < SAVERS; i++) {
                int saver = i;
                callers.execute(() -> {
                    for (int n = 0; System.nanoTime() < end; n++) {
                        ObjectNode content =
                                JsonNodeFactory.instance.objectNode().put("n", n);
                        store.save("many", List.of(new DocumentToSave("s" + saver + "-" + n % 50, content)));
                        saved.incrementAndGet();
                    }
                });
            }
        }
        return saved.get() * 1_000.0 / SAVERS_MILLIS;
    }

    private interface Work {
        void run(int number);
    }

    /** Milliseconds of each, sorted. */
    private static double[] times(int count, Work work) {
        double[] times = new double[count];
        for (int i = 0; i < count; i++) {
            long began = System.nanoTime();
            work.run(i);
            times[i] = (System.nanoTime() - began) / 1e6;
        }
        Arrays.sort(times);
        return times;
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    }

    private List<DocumentToSave> documents(int from, int count) {
        List<DocumentToSave> documents = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = 200 + random.nextInt(800); text.length() < length; ) {
                text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
            }
            ObjectNode content = JsonNodeFactory.instance
                    .objectNode()
                    .put("title", "note " + i)
                    .put("year", 2000 + i % 25)
                    .put("tag", "t" + i / 25 % 20)
                    .put("text", text.toString());
            documents.add(new DocumentToSave("n" + i, content));
        }
        return documents;
    }

    private static long bytes(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Files::isRegularFile)
                    .sorted(Comparator.naturalOrder())
                    .mapToLong(EngineFiguresTest::size)
                    .sum();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
