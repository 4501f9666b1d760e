package io.mcpserver.tool.declarative.compute;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.tool.TestGuard;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolClient;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolTestProfile;
import io.mcpserver.tool.builtin.BundledTools;
import io.mcpserver.tool.guard.ToolGuard;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a guarded call of {@code calculator_add} takes, beside the same addition written in Java, and what reading its file
 * takes at the start. Prints figures: {@code ./mvnw test -Dtest=ComputeOverheadTest -Dtest.overhead=true}.
 */
@EnabledIfSystemProperty(
        named = "test.overhead",
        matches = "true",
        disabledReason = "It measures and wants a quiet machine: -Dtest.overhead=true")
class ComputeOverheadTest {

    private static final int ROUNDS = 40;
    private static final int CALLS = 50_000;

    public record Addition(BigDecimal a, BigDecimal b) {}

    @TempDir
    Path folder;

    @Test
    void aCallOfTheFileAndOfTheSameInJava() {
        long begin = System.nanoTime();
        ToolSpec bundled = new BundledTools().tools().getFirst();
        long first = System.nanoTime() - begin;
        ToolSpec inJava = ToolSpec.named(bundled.name())
                .input(bundled.inputSchema())
                .computes(call -> sum(call.arguments(Addition.class)));
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            ToolGuard guard =
                    TestGuard.of(new LiveConfig(ToolTestProfile.config(folder.resolve("data"), "none", true)), workers);
            double[] java = new double[ROUNDS];
            double[] file = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                java[round] = micros(guard, inJava);
                file[round] = micros(guard, bundled);
            }
            System.out.printf(
                    "a guarded call: in Java %.2f µs, of the file %.2f µs (medians of the later half of %d rounds of %d)%n",
                    median(java), median(file), ROUNDS, CALLS);
        }
        double[] reading = new double[200];
        for (int i = 0; i < reading.length; i++) {
            begin = System.nanoTime();
            new BundledTools().tools();
            reading[i] = (System.nanoTime() - begin) / 1e6;
        }
        System.out.printf("reading the file: the first time %.1f ms, warm %.2f ms%n", first / 1e6, median(reading));
    }

    private static ToolResult sum(Addition addition) {
        BigDecimal sum = addition.a().add(addition.b());
        return ToolResult.of(JsonNodeFactory.instance.objectNode().put("sum", sum), sum.toString());
    }

    private static double micros(ToolGuard guard, ToolSpec tool) {
        Map<String, Object> arguments = Map.of("a", 2, "b", 0.5);
        long begin = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            ToolOutcome outcome = guard.call(tool, arguments, ToolCaller.ANYBODY, ToolClient.SILENT)
                    .outcome()
                    .toCompletableFuture()
                    .join();
            if (!(outcome instanceof ToolOutcome.Success)) {
                throw new AssertionError(outcome);
            }
        }
        return (System.nanoTime() - begin) / 1e3 / CALLS;
    }

    private static double median(double[] rounds) {
        double[] warm = Arrays.copyOfRange(rounds, rounds.length / 2, rounds.length);
        Arrays.sort(warm);
        return warm[warm.length / 2];
    }
}
