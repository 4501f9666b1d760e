package io.mcpserver.tool.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolTestProfile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkiverse.mcp.server.JsonRpcErrorCodes;
import io.quarkiverse.mcp.server.McpException;
import io.quarkiverse.mcp.server.RawMessage;
import io.quarkiverse.mcp.server.ToolResponse;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.Assertions;

class ToolGuardTest {

    private static final String TOOL = "storage_collections";

    record Nothing() {}

    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void end() {
        workers.shutdownNow();
    }

    @Test
    void aCallIsAnsweredAndTimed() {
        ToolResponse response = call(nothing -> ToolResult.of(
                JsonNodeFactory.instance.objectNode().put("done", true), "It is done."));
        assertThat(response.isError()).isFalse();
        assertThat(response.firstContent().asText().text()).isEqualTo("It is done.");
        assertThat(timed("ok", "none")).isEqualTo(1);
        assertThat(registry.get("mcp.tool.calls.active").gauge().value()).isZero();
    }

    @Test
    void aFailureThatIsForeseenKeepsItsCode() {
        ToolResponse response = call(nothing -> {
            throw new CodedException(ErrorCode.DISK_FULL, "No space is left.");
        });
        assertThat(error(response).path("code").asText()).isEqualTo("DISK_FULL");
        assertThat(error(response).path("retryable").asBoolean()).isTrue();
        assertThat(response.firstContent().asText().text()).isEqualTo("DISK_FULL: No space is left.");
        assertThat(timed("error", "DISK_FULL")).isEqualTo(1);
    }

    @Test
    void aFailureThatNobodyForesawIsToldByAReferenceOnly() {
        ToolResponse response = call(nothing -> {
            throw new IllegalStateException("password=secret");
        });
        assertThat(error(response).path("code").asText()).isEqualTo("INTERNAL");
        assertThat(error(response).path("message").asText())
                .doesNotContain("secret")
                .containsPattern("reference [0-9a-f]{8}");
    }

    @Test
    void anErrorOfTheMachineIsAFailureToo() {
        ToolResponse response = call(nothing -> {
            throw new StackOverflowError();
        });
        assertThat(error(response).path("code").asText()).isEqualTo("INTERNAL");
    }

    @Test
    void workThatTakesTooLongIsAnsweredInTime() {
        CountDownLatch never = new CountDownLatch(1);
        ToolResponse response = call(nothing -> {
            while (true) {
                try {
                    never.await(1, TimeUnit.MINUTES);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return null;
                }
            }
        });
        assertThat(error(response).path("code").asText()).isEqualTo("TIMEOUT");
        assertThat(error(response).path("message").asText()).contains("2 s (performance.request_timeout)");
        assertThat(timed("error", "TIMEOUT")).isEqualTo(1);
    }

    @Test
    void aResultThatIsTooLargeIsRefused() {
        ToolResponse response = call(nothing ->
                ToolResult.of(JsonNodeFactory.instance.objectNode().put("text", "x".repeat(30_000))));
        assertThat(error(response).path("code").asText()).isEqualTo("TOO_LARGE");
        assertThat(error(response).path("message").asText()).contains("tools.max_result_bytes");
    }

    @Test
    void nothingIsCalledWhereToolsAreSwitchedOff() {
        ToolResponse response = guard(false)
                .call(TOOL, message("{}"), Nothing.class, nothing -> ToolResult.of(JsonNodeFactory.instance.objectNode()))
                .await()
                .indefinitely();
        assertThat(error(response).path("code").asText()).isEqualTo("UNSUPPORTED");
        assertThat(new ToolSwitch(config(false)).test(null, (io.quarkiverse.mcp.server.FilterContext) null))
                .isFalse();
        assertThat(new ToolSwitch(config(true)).test(null, (io.quarkiverse.mcp.server.FilterContext) null))
                .isTrue();
    }

    @Test
    void aCallWithoutArgumentsIsACallWithNone() {
        ToolResponse response = guard(true)
                .compute(
                        TOOL,
                        raw(new JsonObject("{\"params\": {\"name\": \"storage_collections\"}}")),
                        Nothing.class,
                        nothing -> ToolResult.of(JsonNodeFactory.instance.objectNode()));
        assertThat(response.isError()).isFalse();
    }

    @Test
    void computationFailsAsACallDoes() {
        ToolResponse response = guard(true)
                .compute(TOOL, message("{\"x\": 1}"), Nothing.class, nothing -> {
                    throw new AssertionError("not reached");
                });
        assertThat(error(response).path("message").asText())
                .isEqualTo("storage_collections has no argument \"x\". It takes none.");
    }

    @Test
    void aCallAtTheEndOfTheProgramSaysSo() {
        ToolGuard guard = guard(true);
        workers.shutdown();
        ToolResponse response = guard.call(
                        TOOL, message("{}"), Nothing.class, nothing -> ToolResult.of(JsonNodeFactory.instance.objectNode()))
                .await()
                .indefinitely();
        assertThat(error(response).path("code").asText()).isEqualTo("STORE_UNAVAILABLE");
    }

    @Test
    void readingFailsWithTheProtocolsCodes() {
        ReadGuard guard = new ReadGuard(config(true), workers);
        assertThat(guard.read("Reading", () -> "text").await().indefinitely()).isEqualTo("text");
        assertThat(code(() -> guard.read("Reading", () -> fail(ErrorCode.NOT_FOUND)).await().indefinitely()))
                .isEqualTo(JsonRpcErrorCodes.RESOURCE_NOT_FOUND);
        assertThat(code(() -> guard.read("Reading", () -> fail(ErrorCode.INVALID_ARGUMENT)).await().indefinitely()))
                .isEqualTo(JsonRpcErrorCodes.INVALID_PARAMS);
        assertThat(code(() -> guard.read("Reading", () -> fail(ErrorCode.STORE_LOCKED)).await().indefinitely()))
                .isEqualTo(JsonRpcErrorCodes.INTERNAL_ERROR);
    }

    private static Object fail(ErrorCode code) {
        throw new CodedException(code, "It failed.");
    }

    private static int code(Executable reading) {
        return Assertions.assertThrows(McpException.class, reading).getJsonRpcErrorCode();
    }

    private ToolResponse call(Function<Nothing, ToolResult> work) {
        return guard(true).call(TOOL, message("{}"), Nothing.class, work).await().indefinitely();
    }

    private ToolGuard guard(boolean enabled) {
        return new ToolGuard(config(enabled), workers, new ToolMetrics(registry));
    }

    private static ServerConfig config(boolean enabled) {
        return ToolTestProfile.config(Path.of("unused"), "none", enabled, Duration.ofSeconds(2));
    }

    private long timed(String outcome, String code) {
        return registry.get("mcp.tool.calls")
                .tags("tool", TOOL, "outcome", outcome, "code", code)
                .timer()
                .count();
    }

    private static JsonNode error(ToolResponse response) {
        assertThat(response.isError()).isTrue();
        return ((JsonNode) response.structuredContent()).path("error");
    }

    private static RawMessage message(String arguments) {
        return raw(new JsonObject().put("params", new JsonObject().put("arguments", new JsonObject(arguments))));
    }

    private static RawMessage raw(JsonObject message) {
        return new RawMessage() {
            @Override
            public JsonObject asJsonObject() {
                return message;
            }

            @Override
            public String asString() {
                return message.encode();
            }
        };
    }
}
