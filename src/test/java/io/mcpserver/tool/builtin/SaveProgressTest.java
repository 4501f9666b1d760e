package io.mcpserver.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.TestClient;
import io.mcpserver.tool.TestGuard;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolTestProfile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client hears of a save of many documents. */
class SaveProgressTest {

    private static final String MODEL = "all-minilm-l6-v2-q";

    @TempDir
    Path data;

    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TestClient client = new TestClient("{}");

    @AfterEach
    void end() {
        workers.shutdownNow();
    }

    @Test
    void aSaveOfManyDocumentsTellsHowManyAreReadyAndThenThatAllAreDurable() {
        save(120, MODEL);

        List<Double> told =
                client.steps().stream().map(TestClient.Step::progress).toList();
        assertThat(told)
                .hasSizeGreaterThan(4)
                .startsWith(0.0)
                .contains(25.0, 120.0)
                .endsWith(240.0);
        assertThat(told).isSorted().doesNotHaveDuplicates();
        assertThat(client.steps()).allSatisfy(step -> assertThat(step.total()).isEqualTo(240));
        assertThat(client.steps().get(1).message()).isEqualTo("25 of 120 documents are ready to be saved.");
        assertThat(client.steps().getLast().message()).isEqualTo("All 120 documents are saved.");
    }

    @Test
    void withoutAModelThereAreNoStepsInBetween() {
        save(120, "none");
        assertThat(client.steps()).extracting(TestClient.Step::progress).containsExactly(0.0, 240.0);
    }

    @Test
    void aSaveOfFewDocumentsIsNotTalkedAbout() {
        save(100, "none");
        assertThat(client.steps()).isEmpty();
    }

    private void save(int count, String model) {
        ServerConfig config = ToolTestProfile.config(data, model, true);
        List<Map<String, Object>> documents = IntStream.range(0, count)
                .mapToObj(i -> Map.<String, Object>of("content", Map.of("text", "note " + i)))
                .toList();
        try (StoreService stores = new StoreService(config)) {
            LiveConfig live = new LiveConfig(config);
            ToolOutcome outcome = TestGuard.of(live, workers, registry)
                    .call(
                            new SaveTool(stores, new StorageMetrics(registry), live)
                                    .tools()
                                    .getFirst(),
                            Map.of("collection", "notes", "documents", documents),
                            ToolCaller.ANYBODY,
                            client)
                    .outcome()
                    .toCompletableFuture()
                    .join();
            assertThat(outcome).isInstanceOf(ToolOutcome.Success.class);
            assertThat(registry.get("mcp.storage.saved").counter().count()).isEqualTo(count);
        }
    }
}
