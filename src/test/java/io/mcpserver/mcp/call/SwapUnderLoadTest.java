package io.mcpserver.mcp.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.mcp.testing.McpMessages;
import io.mcpserver.mcp.testing.Profiles;
import io.mcpserver.tool.Offer;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.catalog.ToolCatalog;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is offered is swapped while it is called: nobody fails, and nobody sees one half of a swap. */
@QuarkusTest
@TestProfile(Profiles.Http.class)
class SwapUnderLoadTest {

    private static final int THREADS = 8;
    private static final int CALLS = 10_000;
    private static final int SWAPS = 50;
    private static final int CALLS_A_SWAP = CALLS / SWAPS;
    private static final int CALLS_A_LIST = 20;

    @TestHTTPResource("/")
    URI server;

    @Inject
    ToolCatalog catalog;

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger swapped = new AtomicInteger();
    private final AtomicInteger lists = new AtomicInteger();
    private Offer before;

    @AfterEach
    void forget() {
        catalog.replace(before);
    }

    @Test
    void tenThousandCallsAcrossFiftySwapsAreAllAnsweredByOneStateOrTheNext() throws Exception {
        before = catalog.discovered();
        swap();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<? extends Future<?>> clients = IntStream.range(0, THREADS)
                    .mapToObj(i -> threads.submit(() -> {
                        callUntilDone();
                        return null;
                    }))
                    .toList();
            for (Future<?> each : clients) {
                each.get();
            }
        }

        assertThat(begun).hasValueGreaterThanOrEqualTo(CALLS);
        assertThat(swapped).hasValueGreaterThan(SWAPS);
        assertThat(lists).hasValueGreaterThan(CALLS / CALLS_A_LIST / 2);
    }

    private void callUntilDone() throws IOException, InterruptedException {
        int last = 0;
        for (int number = begun.incrementAndGet(); number <= CALLS; number = begun.incrementAndGet()) {
            if (number % CALLS_A_SWAP == 0) {
                swap();
            }
            int generation =
                    number % CALLS_A_LIST == 0 ? listed() : called(number % 2 == 0 ? "swap_first" : "swap_second");
            assertThat(generation).isGreaterThanOrEqualTo(last).isPositive();
            last = generation;
        }
    }

    /** Both tools anew, one of which computes and one of which blocks. */
    private synchronized void swap() {
        int generation = swapped.incrementAndGet();
        catalog.replace(before.and(new Offer(
                List.of(
                        ToolSpec.named("swap_first")
                                .description("" + generation)
                                .computes(call -> result(generation)),
                        ToolSpec.named("swap_second")
                                .description("" + generation)
                                .blocks(call -> {
                                    Thread.yield();
                                    return result(generation);
                                })),
                List.of(),
                List.of())));
    }

    private static ToolResult result(int generation) {
        return ToolResult.of(JsonNodeFactory.instance.objectNode().put("generation", generation));
    }

    private int called(String tool) throws IOException, InterruptedException {
        JsonObject answer = post("/tools/call", McpMessages.call(1, tool, new JsonObject()));
        assertThat(answer.getJsonObject("result")).as(answer.encode()).isNotNull();
        return answer.getJsonObject("result").getJsonObject("structuredContent").getInteger("generation");
    }

    private int listed() throws IOException, InterruptedException {
        lists.incrementAndGet();
        List<String> generations =
                post("/tools/list", McpMessages.LIST).getJsonObject("result").getJsonArray("tools").stream()
                        .map(JsonObject.class::cast)
                        .filter(tool -> tool.getString("name").startsWith("swap_"))
                        .map(tool -> tool.getString("description"))
                        .toList();
        assertThat(generations).hasSize(2);
        assertThat(generations.getFirst()).isEqualTo(generations.getLast());
        return Integer.parseInt(generations.getFirst());
    }

    private JsonObject post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return new JsonObject(client.send(request, BodyHandlers.ofString()).body());
    }
}
