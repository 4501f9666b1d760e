package io.mcpserver.storage.fault;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoredDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Every kind of write, by several threads, and what their callers are told. A group is three documents that are written
 * together with one number.
 *
 * <p>Lines: {@code TRIED group number} before each write, {@code DONE group number}, {@code REFUSED group number CODE sentence}, {@code SEEN group numbers}, {@code BLIND
 * CODE sentence} of a read.
 */
final class FaultScript {

    static final String COLLECTION = "faults";

    private static final int THREADS = 3;
    private static final int GROUPS = 5;
    private static final int WRITES = 14;

    private final DocumentStore store;
    private final long round;
    private final Consumer<String> say;

    /**
     * @param round no other script on the same store may have it
     * @param say called by several threads
     */
    FaultScript(DocumentStore store, long round, Consumer<String> say) {
        this.store = store;
        this.round = round;
        this.say = say;
    }

    /** Ends when all writes were answered. */
    void run() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int number = thread;
            threads.add(Thread.ofPlatform().start(() -> work(number)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** One write that nothing keeps from being acknowledged. */
    void rest() {
        long number = number(THREADS, 0);
        store.save(COLLECTION, documents("rest", number, 10));
        say.accept("DONE rest " + number);
    }

    private void work(int thread) {
        Random random = new Random(100 * round + thread);
        for (int i = 0; i < WRITES; i++) {
            String group = "g" + thread + "-" + random.nextInt(GROUPS);
            long number = number(thread, i);
            try {
                write(group, number, random.nextInt(12), random.nextInt(600));
            } catch (RuntimeException | Error e) {
                say.accept("BROKEN " + e + " " + List.of(e.getStackTrace()));
            }
        }
    }

    private void write(String group, long number, int kind, int words) {
        switch (kind) {
            case 0 -> tell(group, Promises.GONE, () -> store.delete(COLLECTION, ids(group)));
            case 1 -> tell(group, Promises.GONE, () -> store.delete(COLLECTION, ofGroup(group)));
            case 2 -> tell(group, number, () -> store.adopt(stored(group, number, words), true));
            case 3 -> tell("settings" + group, number, () -> store.configure("settings" + group, settings(number)));
            case 4 -> tell(group, number, () -> store.save(COLLECTION, documents(group, number, 30 * words)));
            default -> tell(group, number, () -> store.save(COLLECTION, documents(group, number, words)));
        }
        look(group);
    }

    private void tell(String group, long number, Runnable write) {
        say.accept("TRIED " + group + " " + number);
        try {
            write.run();
            say.accept("DONE " + group + " " + number);
        } catch (StoreException e) {
            say.accept("REFUSED " + group + " " + number + " " + told(e));
        }
    }

    private void look(String group) {
        try {
            say.accept("SEEN " + group + " "
                    + String.join(
                            ",",
                            numbers(store, group).stream().map(String::valueOf).toList()));
        } catch (StoreException e) {
            say.accept("BLIND " + told(e));
        }
    }

    /** The numbers that the documents of a group have. */
    static List<Long> numbers(DocumentStore store, String group) {
        if (group.startsWith("settings")) {
            List<String> fields = store.settings(group).textFields();
            return List.of(
                    fields.isEmpty()
                            ? Promises.GONE
                            : Long.parseLong(fields.getFirst().substring(1)));
        }
        Map<String, Document> found = store.load(COLLECTION, ids(group));
        return ids(group).stream()
                .map(id ->
                        found.containsKey(id) ? found.get(id).content().get("n").longValue() : Promises.GONE)
                .toList();
    }

    /** The word by which a search finds a group of a number. */
    static String word(long number) {
        return "w" + number;
    }

    private long number(int thread, int write) {
        return 1_000 * round + 100L * thread + write;
    }

    private static List<String> ids(String group) {
        return List.of(group + "a", group + "b", group + "c");
    }

    private static Filter ofGroup(String group) {
        return new Filter.Compare("group", Filter.Operator.EQ, JsonNodeFactory.instance.textNode(group));
    }

    private static CollectionSettings settings(long number) {
        return new CollectionSettings(Optional.empty(), List.of("f" + number));
    }

    private static ObjectNode content(String group, long number, int words) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("n", number)
                .put("group", group)
                .put("word", word(number))
                .put("text", "lorem ".repeat(words));
    }

    private static List<DocumentToSave> documents(String group, long number, int words) {
        return ids(group).stream()
                .map(id -> new DocumentToSave(id, content(group, number, words)))
                .toList();
    }

    private static List<StoredDocument> stored(String group, long number, int words) {
        Instant time = Instant.parse("2020-02-29T12:00:00Z");
        return ids(group).stream()
                .map(id ->
                        new StoredDocument(COLLECTION, id, 1, time, time, Optional.of(content(group, number, words))))
                .toList();
    }

    static String told(StoreException e) {
        return e.code() + " " + e.getMessage().replace('\n', ' ');
    }
}
