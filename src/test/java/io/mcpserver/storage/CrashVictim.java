package io.mcpserver.storage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A process that saves and deletes with several threads until it is killed. Every acknowledgement is a
 * line on stdout: {@code SAVED id version checksum} or {@code DELETED id}; {@code OPENING} comes before all. What is said
 * to it lets it close its store.
 */
public final class CrashVictim {

    static final String COLLECTION = "crash";
    static final String OPENING = "OPENING";
    static final int THREADS = 4;

    private static volatile boolean closing;

    private CrashVictim() {}

    /** Arguments: the class of a {@link StoreOpener}, the directory, the number of the round. */
    public static void main(String[] arguments) throws Exception {
        StoreOpener opener = (StoreOpener)
                Class.forName(arguments[0]).getDeclaredConstructor().newInstance();
        say(OPENING);
        DocumentStore store = opener.open(Path.of(arguments[1]));
        int round = Integer.parseInt(arguments[2]);
        say("OPEN");
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread.ofPlatform().daemon().start(() -> workUntilClosed(store, round, number));
        }
        closeWhenTold(store);
    }

    private static void closeWhenTold(DocumentStore store) throws IOException {
        if (System.in.read() >= 0) {
            closing = true;
            store.close();
        }
    }

    /** A write that is refused before that ends the process, so that nobody waits for the next one. */
    private static void workUntilClosed(DocumentStore store, int round, int thread) {
        try {
            work(store, round, thread);
        } catch (RuntimeException | Error e) {
            if (!closing) {
                e.printStackTrace();
                Runtime.getRuntime().halt(1);
            }
        }
    }

    private static void work(DocumentStore store, int round, int thread) {
        Random random = new Random(1_000L * round + thread);
        for (int n = 0; ; n++) {
            String own = "t" + thread + "-" + random.nextInt(40);
            if (random.nextInt(8) == 0) {
                store.delete(COLLECTION, List.of(own));
                say("DELETED " + own);
                continue;
            }
            ObjectNode content = content(round, thread, n, random.nextInt(2_000));
            List<DocumentToSave> documents =
                    List.of(new DocumentToSave(own, content), new DocumentToSave("shared-" + n % 5, content));
            StringBuilder lines = new StringBuilder();
            for (Saved saved : store.save(COLLECTION, documents)) {
                lines.append("SAVED ").append(saved.id()).append(' ').append(saved.version());
                lines.append(' ').append(content.toString().hashCode()).append('\n');
            }
            say(lines.toString().strip());
        }
    }

    private static ObjectNode content(int round, int thread, int n, int size) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("word", "r" + round + "t" + thread + "n" + n)
                .put("text", "lorem ipsum ".repeat(size / 12));
    }

    private static void say(String lines) {
        PrintStream out = System.out;
        synchronized (out) {
            out.println(lines);
            out.flush();
        }
    }
}
