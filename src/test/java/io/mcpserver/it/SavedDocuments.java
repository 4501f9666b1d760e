package io.mcpserver.it;

import static io.mcpserver.it.StreamableClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** What many clients saved while a server was brought to a sudden end, and whether it is still there. */
final class SavedDocuments {

    private static final int SAVERS = 8;
    private static final int LOADED_AT_ONCE = 100;
    private static final int SEARCHED_FOR = 40;

    private final AtomicInteger asked = new AtomicInteger();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

    /**
     * Saves from many threads until the server can be reached no more.
     *
     * @param end ends the server; run when {@code count} more were acknowledged
     */
    void saveUntilTheEnd(URI endpoint, int count, Runnable end) throws Exception {
        StreamableClient client = new StreamableClient(endpoint);
        int before = acknowledged.size();
        List<Thread> savers = new ArrayList<>();
        for (int i = 0; i < SAVERS; i++) {
            savers.add(Thread.ofVirtual().start(() -> saveForEver(client)));
        }
        Awaitility.await("acknowledged documents")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(5))
                .until(() ->
                        acknowledged.size() >= before + count || savers.stream().noneMatch(Thread::isAlive));
        end.run();
        for (Thread saver : savers) {
            saver.join();
        }
    }

    /** How many were acknowledged. */
    int count() {
        return acknowledged.size();
    }

    private void saveForEver(StreamableClient client) {
        try {
            while (true) {
                String id = "document-" + asked.incrementAndGet();
                client.call("storage_save", saving(id));
                acknowledged.add(id);
            }
        } catch (IOException killed) {
            // The connection ends with the server: this document was not acknowledged.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ObjectNode saving(String id) {
        ObjectNode arguments = object().put("collection", "kept");
        ObjectNode document = arguments.putArray("documents").addObject().put("id", id);
        document.putObject("content").put("text", "Kept whatever happens: " + word(id));
        return arguments;
    }

    /** Ten letters that no other document has. */
    private static String word(String id) {
        return new Random(id.hashCode())
                .ints(10, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    /** Every acknowledged document is there once, and is found. */
    void assertThere(URI endpoint) throws Exception {
        StreamableClient client = new StreamableClient(endpoint);
        List<String> ids = List.copyOf(acknowledged);
        if (ids.isEmpty()) {
            return;
        }
        for (int from = 0; from < ids.size(); from += LOADED_AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(from + LOADED_AT_ONCE, ids.size()));
            ObjectNode arguments = object().put("collection", "kept");
            ArrayNode wanted = arguments.putArray("ids");
            some.forEach(wanted::add);
            JsonNode loaded = client.call("storage_load", arguments);
            assertThat(loaded.get("missing")).isEmpty();
            assertThat(loaded.get("documents")).hasSameSizeAs(some);
        }
        JsonNode counted =
                client.call("storage_query", object().put("collection", "kept").put("limit", 1));
        assertThat(counted.get("total").asInt()).isBetween(ids.size(), asked.get());
        for (String id : ids.subList(Math.max(0, ids.size() - SEARCHED_FOR), ids.size())) {
            ObjectNode arguments = object().put("collection", "kept").put("query", word(id));
            JsonNode hits = client.call("storage_search", arguments).get("hits");
            assertThat(hits)
                    .extracting(hit -> hit.get("id").asText())
                    .startsWith(id)
                    .doesNotHaveDuplicates();
        }
    }
}
