package io.mcpserver.tool.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpserver.config.ConfigLoader;
import io.mcpserver.config.ConfigRequest;
import io.mcpserver.config.ConfigSchema;
import io.mcpserver.config.FlagValue;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.LiveKey;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ClientFeature;
import io.mcpserver.tool.TestClient;
import io.mcpserver.tool.TestGuard;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolClient;
import io.mcpserver.tool.ToolHandler;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolOutcome.Failure;
import io.mcpserver.tool.ToolOutcome.Success;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What another configuration does to calls: to those that begin under it, and to those that run. */
class LiveToolGuardTest {

    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final LiveConfig live = new LiveConfig(config());
    private ToolGuard guard;

    @AfterEach
    void end() {
        workers.shutdownNow();
    }

    @Test
    @LiveKey("tools.enabled")
    void toolsAreSwitchedOffAndOn() {
        assertThat(call("storage_load", call -> ToolResult.ofText("done"))).isInstanceOf(Success.class);

        live.replace(config("tools.enabled", "false"));
        assertThat(failure(call("storage_load", call -> ToolResult.ofText("done")))
                        .code())
                .isEqualTo(ErrorCode.UNSUPPORTED);

        live.replace(config());
        assertThat(call("storage_load", call -> ToolResult.ofText("done"))).isInstanceOf(Success.class);
    }

    @Test
    @LiveKey("tools.confirm")
    void theUserIsAskedBeforeOtherTools() {
        TestClient doubter = new TestClient("{'action': 'decline'}", ClientFeature.ELICITATION);
        assertThat(call("storage_save", doubter, call -> ToolResult.ofText("saved")))
                .isInstanceOf(Success.class);

        live.replace(config("tools.confirm", "storage_save"));

        assertThat(failure(call("storage_save", doubter, call -> ToolResult.ofText("saved")))
                        .code())
                .isEqualTo(ErrorCode.DECLINED);
        assertThat(call("storage_delete", doubter, call -> ToolResult.ofText("deleted")))
                .isInstanceOf(Success.class);
        assertThat(doubter.asked()).hasSize(1);
    }

    @Test
    @LiveKey("tools.max_result_bytes")
    void resultsMayBeLargerOrSmaller() {
        ToolHandler large = call -> ToolResult.ofText("x".repeat(50_000));
        assertThat(call("large", large)).isInstanceOf(Success.class);

        live.replace(config("tools.max_result_bytes", "10kB"));
        assertThat(failure(call("large", large)).code()).isEqualTo(ErrorCode.TOO_LARGE);
    }

    @Test
    void aCallThatFittedItsResultToEitherLimitSucceeds() {
        for (String limit : new String[] {"200kB", "10kB"}) {
            live.replace(config());
            ToolOutcome outcome = call("racing", call -> {
                int before = live.now().tools().maxResultBytes();
                live.replace(config("tools.max_result_bytes", limit));
                int after = live.now().tools().maxResultBytes();
                return ToolResult.ofText("x".repeat(Math.max(before, after) - 1_000));
            });
            assertThat(outcome).as(limit).isInstanceOf(Success.class);
        }
    }

    @Test
    @LiveKey("performance.request_timeout")
    void callsThatBeginLaterHaveTheNewTimeAndThoseThatRunKeepTheirs() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<ToolOutcome> running = begin("running", ToolClient.SILENT, call -> {
            go.await();
            return ToolResult.ofText("done");
        });

        live.replace(config("performance.request_timeout", "1"));

        assertThat(failure(call("late", call -> {
                    never.await();
                    return ToolResult.ofText("late");
                })))
                .hasMessageContaining("1 s (performance.request_timeout)");
        go.countDown();
        await().until(running::isDone);
        assertThat(running.join()).isInstanceOf(Success.class);
    }

    private ToolOutcome call(String tool, ToolHandler handler) {
        return call(tool, ToolClient.SILENT, handler);
    }

    private ToolOutcome call(String tool, ToolClient client, ToolHandler handler) {
        return begin(tool, client, handler).join();
    }

    private CompletableFuture<ToolOutcome> begin(String tool, ToolClient client, ToolHandler handler) {
        if (guard == null) {
            guard = TestGuard.of(live, workers);
        }
        return guard.call(ToolSpec.named(tool).title(tool).blocks(handler), Map.of(), ToolCaller.ANYBODY, client)
                .outcome()
                .toCompletableFuture();
    }

    private static CodedException failure(ToolOutcome outcome) {
        assertThat(outcome).isInstanceOf(Failure.class);
        return ((Failure) outcome).failure();
    }

    private static ServerConfig config(String... keyAndText) {
        List<FlagValue> values = new ArrayList<>();
        if (keyAndText.length > 0) {
            values.add(new FlagValue("test", keyAndText[0], keyAndText[1]));
        }
        Path nowhere = Path.of("unused").toAbsolutePath();
        return new ConfigLoader(ConfigSchema.load())
                .load(new ConfigRequest(Optional.empty(), values, Map.of(), nowhere, nowhere))
                .valid()
                .orElseThrow();
    }
}
