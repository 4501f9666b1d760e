package io.mcpserver.tool.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ClientFeature;
import io.mcpserver.tool.InputRequired;
import io.mcpserver.tool.Question;
import io.mcpserver.tool.TestClient;
import io.mcpserver.tool.TestGuard;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolClient;
import io.mcpserver.tool.ToolDraft;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolOutcome.Failure;
import io.mcpserver.tool.ToolOutcome.NeedsInput;
import io.mcpserver.tool.ToolOutcome.Success;
import io.mcpserver.tool.ToolPolicy;
import io.mcpserver.tool.ToolPolicy.Rate;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolTestProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a tool demands of its calls is seen to by the guard. */
@Timeout(60)
class ToolPolicyTest {

    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final ToolGuard guard =
            TestGuard.of(new LiveConfig(ToolTestProfile.config(Path.of("unused"), "none", true)), workers);

    @AfterEach
    void end() {
        workers.shutdownNow();
    }

    @Test
    void aToolsOwnTimeoutHoldsInPlaceOfThatOfAll() {
        CountDownLatch never = new CountDownLatch(1);
        ToolSpec slow = with(new ToolPolicy(
                        Optional.of(Duration.ofMillis(200)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Set.of()))
                .blocks(call -> {
                    never.await(1, TimeUnit.MINUTES);
                    return ToolResult.ofText("late");
                });

        CodedException failure = failure(call(slow, ToolCaller.ANYBODY, ToolClient.SILENT));

        assertThat(failure.code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(failure).hasMessageContaining("0.2 s (the timeout of guarded)");
    }

    @Test
    void whoLacksTheScopeIsRefusedAndToldWhich() {
        ToolSpec scoped = with(policy(Optional.empty(), Optional.of("billing"), false))
                .computes(call -> ToolResult.ofText("done"));
        ToolCaller without = new ToolCaller("a", "default", Optional.of(Set.of("read")), Optional.empty(), Map.of());
        ToolCaller with = new ToolCaller("b", "default", Optional.of(Set.of("billing")), Optional.empty(), Map.of());

        CodedException refusal = failure(call(scoped, without, ToolClient.SILENT));

        assertThat(refusal.code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(refusal.code().retryable()).isFalse();
        assertThat(refusal).hasMessageContainingAll("guarded", "\"billing\"");
        assertThat(call(scoped, with, ToolClient.SILENT)).isInstanceOf(Success.class);
        assertThat(call(scoped, ToolCaller.ANYBODY, ToolClient.SILENT)).isInstanceOf(Success.class);
    }

    @Test
    void whoCallsMoreOftenThanTheToolAllowsIsRefused() {
        ToolSpec rare = with(policy(Optional.of(new Rate(1, Duration.ofHours(1))), Optional.empty(), false))
                .blocks(call -> ToolResult.ofText("done"));

        assertThat(call(rare, ToolCaller.ANYBODY, ToolClient.SILENT)).isInstanceOf(Success.class);
        assertThat(failure(call(rare, ToolCaller.ANYBODY, ToolClient.SILENT)).code())
                .isEqualTo(ErrorCode.RATE_LIMITED);
    }

    @Test
    void aCallThatComesAgainWithTheAnswersOfTheClientCountsOnce() {
        ToolSpec rare = with(policy(Optional.of(new Rate(1, Duration.ofHours(1))), Optional.empty(), false))
                .blocks(call -> {
                    call.client().ask(Map.of("q", new Question.Roots()));
                    return ToolResult.ofText("done");
                });
        TestClient asked = new TestClient("{}", ClientFeature.ROOTS) {
            @Override
            public Map<String, ObjectNode> ask(Map<String, Question> questions) {
                throw new InputRequired(questions);
            }
        };

        assertThat(call(rare, ToolCaller.ANYBODY, asked)).isInstanceOf(NeedsInput.class);
        assertThat(call(rare, ToolCaller.ANYBODY, new TestClient("{}", ClientFeature.ROOTS)))
                .isInstanceOf(Success.class);
    }

    @Test
    void theUserIsAskedBeforeAToolThatDemandsIt() {
        ToolSpec confirmed =
                with(policy(Optional.empty(), Optional.empty(), true)).computes(call -> ToolResult.ofText("done"));

        assertThat(failure(call(confirmed, ToolCaller.ANYBODY, answering("decline", false)))
                        .code())
                .isEqualTo(ErrorCode.DECLINED);
        assertThat(call(confirmed, ToolCaller.ANYBODY, answering("accept", true)))
                .isInstanceOf(Success.class);
        assertThat(call(confirmed, ToolCaller.ANYBODY, ToolClient.SILENT)).isInstanceOf(Success.class);
    }

    @Test
    void aResultThatIsNotAsPromisedIsToldByAReferenceOnly() {
        ObjectNode wrong = JsonNodeFactory.instance.objectNode().put("sum", "secret-value");
        ToolSpec tool = promising().version("1").computes(call -> ToolResult.of(wrong));

        CodedException failure = failure(call(tool, ToolCaller.ANYBODY, ToolClient.SILENT));

        assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(failure.getMessage()).doesNotContain("secret-value").containsPattern("reference [0-9a-f]{8}");
    }

    @Test
    void aResultWithoutStructureIsNotAsPromised() {
        ToolSpec tool = promising().version("1").computes(call -> ToolResult.ofText("3"));

        assertThat(failure(call(tool, ToolCaller.ANYBODY, ToolClient.SILENT)).code())
                .isEqualTo(ErrorCode.INTERNAL);
    }

    @Test
    void aResultThatIsAsPromisedIsGiven() {
        ToolSpec tool = promising()
                .version("1")
                .computes(call ->
                        ToolResult.of(JsonNodeFactory.instance.objectNode().put("sum", 3)));

        assertThat(call(tool, ToolCaller.ANYBODY, ToolClient.SILENT)).isInstanceOf(Success.class);
    }

    private static ToolDraft promising() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.putObject("properties").putObject("sum").put("type", "number");
        return ToolSpec.named("guarded").output(schema);
    }

    private static TestClient answering(String action, boolean confirm) {
        return new TestClient(
                "{'action': '%s', 'content': {'confirm': %s}}".formatted(action, confirm), ClientFeature.ELICITATION);
    }

    private static ToolDraft with(ToolPolicy policy) {
        return ToolSpec.named("guarded").policy(policy);
    }

    private static ToolPolicy policy(Optional<Rate> rate, Optional<String> scope, boolean confirm) {
        return new ToolPolicy(Optional.empty(), rate, scope, Optional.empty(), confirm, Set.of());
    }

    private ToolOutcome call(ToolSpec tool, ToolCaller caller, ToolClient client) {
        return guard.call(tool, Map.of(), caller, client)
                .outcome()
                .toCompletableFuture()
                .join();
    }

    private static CodedException failure(ToolOutcome outcome) {
        assertThat(outcome).isInstanceOf(Failure.class);
        return ((Failure) outcome).failure();
    }
}
