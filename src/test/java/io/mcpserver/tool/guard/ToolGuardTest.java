package io.mcpserver.tool.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ClientFeature;
import io.mcpserver.tool.InputRequired;
import io.mcpserver.tool.LogLevel;
import io.mcpserver.tool.Question;
import io.mcpserver.tool.TestClient;
import io.mcpserver.tool.TestGuard;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolClient;
import io.mcpserver.tool.ToolHandler;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolOutcome.Failure;
import io.mcpserver.tool.ToolOutcome.NeedsCapability;
import io.mcpserver.tool.ToolOutcome.NeedsInput;
import io.mcpserver.tool.ToolOutcome.Success;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolTestProfile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ToolGuardTest {

    private static final String TOOL = "test_tool";
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void end() {
        workers.shutdownNow();
    }

    @Test
    void aCallIsAnsweredAndTimed() {
        ToolOutcome outcome = call(call -> ToolResult.ofText("It is done."));
        assertThat(((Success) outcome).result().text()).isEqualTo("It is done.");
        assertThat(timed("ok", "none")).isEqualTo(1);
        assertThat(registry.get("mcp.tool.calls.active").gauge().value()).isZero();
    }

    @Test
    void aToolThatComputesHasEndedAtOnceAndOnItsCallersThread() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        ToolRun run = guard().call(
                        ToolSpec.named(TOOL).computes(call -> {
                            thread.set(Thread.currentThread());
                            return ToolResult.ofText("3");
                        }),
                        Map.of(),
                        ToolCaller.ANYBODY,
                        ToolClient.SILENT);
        run.cancel();
        assertThat(run.outcome().toCompletableFuture()).isCompletedWithValue(new Success(ToolResult.ofText("3")));
        assertThat(thread.get()).isSameAs(Thread.currentThread());
    }

    @Test
    void aFailureThatIsForeseenKeepsItsCode() {
        CodedException failure = failure(call(call -> {
            throw new CodedException(ErrorCode.DISK_FULL, "No space is left.");
        }));
        assertThat(failure.code()).isEqualTo(ErrorCode.DISK_FULL);
        assertThat(failure).hasMessage("No space is left.");
        assertThat(timed("error", "DISK_FULL")).isEqualTo(1);
    }

    @Test
    void aFailureThatNobodyForesawIsToldByAReferenceOnly() {
        CodedException failure = failure(call(call -> {
            throw new java.io.IOException("password=secret");
        }));
        assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(failure.getMessage()).doesNotContain("secret").containsPattern("reference [0-9a-f]{8}");
    }

    @Test
    void anErrorOfTheMachineIsAFailureTooWhereverTheToolRuns() {
        ToolHandler deep = call -> {
            throw new StackOverflowError();
        };
        assertThat(failure(call(deep)).code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(failure(call(ToolSpec.named(TOOL).computes(deep), ToolClient.SILENT))
                        .code())
                .isEqualTo(ErrorCode.INTERNAL);
    }

    @Test
    void workThatTakesTooLongIsAnsweredInTime() {
        CountDownLatch never = new CountDownLatch(1);
        CodedException failure = failure(call(call -> {
            never.await(1, TimeUnit.MINUTES);
            return ToolResult.ofText("late");
        }));
        assertThat(failure.code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(failure).hasMessageContaining("2 s (performance.request_timeout)");
        assertThat(timed("error", "TIMEOUT")).isEqualTo(1);
    }

    @Test
    void aResultThatIsTooLargeIsRefused() {
        CodedException failure = failure(call(call -> ToolResult.ofText("x".repeat(30_000))));
        assertThat(failure.code()).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(failure).hasMessageContaining("tools.max_result_bytes");
    }

    @Test
    void nothingIsCalledWhereToolsAreSwitchedOff() {
        ToolOutcome outcome = outcome(guard(config(false))
                .call(
                        ToolSpec.named(TOOL).blocks(call -> ToolResult.ofText("called")),
                        Map.of(),
                        ToolCaller.ANYBODY,
                        ToolClient.SILENT));
        assertThat(failure(outcome).code()).isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void argumentsAreHeldAgainstTheSchemaOfTheToolAsItIsNow() {
        ToolGuard guard = guard();
        ToolHandler handler = call -> ToolResult.ofText("called");
        ObjectNode loose = JsonNodeFactory.instance.objectNode().put("type", "object");

        ToolOutcome strict = outcome(guard.call(
                ToolSpec.named(TOOL).blocks(handler), Map.of("x", 1), ToolCaller.ANYBODY, ToolClient.SILENT));
        ToolOutcome changed = outcome(guard.call(
                ToolSpec.named(TOOL).input(loose).blocks(handler),
                Map.of("x", 1),
                ToolCaller.ANYBODY,
                ToolClient.SILENT));

        assertThat(failure(strict)).hasMessage("test_tool has no argument \"x\". It takes none.");
        assertThat(changed).isInstanceOf(Success.class);
    }

    @Test
    void aCallAtTheEndOfTheProgramSaysSo() {
        workers.shutdown();
        assertThat(failure(call(call -> ToolResult.ofText("late"))).code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(registry.get("mcp.tool.calls.active").gauge().value()).isZero();
    }

    @Test
    void aToolDoesNotRunForAClientThatLacksWhatItNeeds() {
        ToolSpec tool = ToolSpec.named(TOOL)
                .needs(ClientFeature.SAMPLING, ClientFeature.ROOTS)
                .blocks(call -> ToolResult.ofText("called"));

        assertThat(call(tool, new TestClient("{}", ClientFeature.ROOTS)))
                .isEqualTo(new NeedsCapability(java.util.Set.of(ClientFeature.SAMPLING)));
        assertThat(call(tool, new TestClient("{}", ClientFeature.ROOTS, ClientFeature.SAMPLING)))
                .isInstanceOf(Success.class);
        assertThat(timed("error", "CAPABILITY_MISSING")).isEqualTo(1);
    }

    @Test
    void aQuestionToAClientThatCannotAnswerItEndsTheCall() {
        assertThat(call(call -> {
                    call.client().ask(Map.of("roots", new Question.Roots()));
                    return ToolResult.ofText("asked");
                }))
                .isEqualTo(new NeedsCapability(java.util.Set.of(ClientFeature.ROOTS)));
    }

    @Test
    void aClientWithoutASessionIsToCallAgain() {
        Map<String, Question> questions = Map.of("roots", new Question.Roots());
        assertThat(call(call -> {
                    throw new InputRequired(questions);
                }))
                .isEqualTo(new NeedsInput(questions));
        assertThat(timed("ok", "INPUT_REQUIRED")).isEqualTo(1);
    }

    @Test
    void aCancelledCallIsInterruptedAndEndsAtOnce() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        TestClient client = new TestClient("{}");
        ToolRun run = guard().call(
                        ToolSpec.named(TOOL).blocks(call -> {
                            begun.countDown();
                            try {
                                Thread.sleep(Duration.ofMinutes(1));
                            } catch (InterruptedException e) {
                                call.client().log(LogLevel.INFO, TOOL, JsonNodeFactory.instance.textNode("late"));
                                call.client().progress(1, 1, "late");
                                interrupted.countDown();
                            }
                            return ToolResult.ofText("late");
                        }),
                        Map.of(),
                        ToolCaller.ANYBODY,
                        client);
        begun.await();

        run.cancel();
        run.cancel();

        assertThat(run.outcome().toCompletableFuture()).isCompleted();
        assertThat(failure(outcome(run)).code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(client.logged()).isEmpty();
        assertThat(client.steps()).isEmpty();
        assertThat(timed("error", "CANCELLED")).isEqualTo(1);
    }

    @Test
    void aCallThatHasEndedCannotBeCancelled() {
        ToolRun run = guard().call(
                        ToolSpec.named(TOOL).blocks(call -> ToolResult.ofText("done")),
                        Map.of(),
                        ToolCaller.ANYBODY,
                        ToolClient.SILENT);
        ToolOutcome outcome = outcome(run);
        run.cancel();
        assertThat(outcome(run)).isEqualTo(outcome).isInstanceOf(Success.class);
    }

    @Test
    void theTimeInWhichTheClientAnswersDoesNotCount() {
        TestClient slow = new TestClient("{'roots': []}", ClientFeature.ROOTS) {
            @Override
            public Map<String, ObjectNode> ask(Map<String, Question> questions) throws InterruptedException {
                Thread.sleep(LIMIT.plusMillis(500));
                return super.ask(questions);
            }
        };
        ToolSpec asking = ToolSpec.named(TOOL).blocks(call -> {
            call.client().ask(Map.of("roots", new Question.Roots()));
            return ToolResult.ofText("answered");
        });
        assertThat(call(asking, slow)).isEqualTo(new Success(ToolResult.ofText("answered")));
    }

    @Test
    void theTimeAfterTheAnswerCountsAgain() {
        ToolSpec asking = ToolSpec.named(TOOL).blocks(call -> {
            call.client().ask(Map.of("roots", new Question.Roots()));
            Thread.sleep(Duration.ofMinutes(1));
            return ToolResult.ofText("late");
        });
        assertThat(failure(call(asking, new TestClient("{}", ClientFeature.ROOTS)))
                        .code())
                .isEqualTo(ErrorCode.TIMEOUT);
    }

    @Test
    void theUserIsAskedBeforeAToolThatIsToBeConfirmed() {
        TestClient user =
                new TestClient("{'action': 'accept', 'content': {'confirm': true}}", ClientFeature.ELICITATION);

        assertThat(confirmed(user)).isInstanceOf(Success.class);

        assertThat(user.asked().get("confirm"))
                .asInstanceOf(type(Question.Elicitation.class))
                .satisfies(question -> {
                    assertThat(question.message())
                            .isEqualTo("The tool storage_delete (Delete) is about to be called with"
                                    + " {\"collection\":\"notes\"}.");
                    assertThat(question.requestedSchema().path("required").toString())
                            .isEqualTo("[\"confirm\"]");
                    assertThat(question.requestedSchema()
                                    .at("/properties/confirm/type")
                                    .asText())
                            .isEqualTo("boolean");
                });
    }

    @Test
    void withoutAYesNothingIsDone() {
        for (String answer : new String[] {
            "{'action': 'decline'}",
            "{'action': 'cancel', 'content': {'confirm': true}}",
            "{'action': 'accept', 'content': {'confirm': false}}",
            "{'action': 'accept', 'content': {'confirm': 'true'}}",
            "{'action': 'accept'}",
            "{}"
        }) {
            CodedException failure = failure(confirmed(new TestClient(answer, ClientFeature.ELICITATION)));
            assertThat(failure.code()).as(answer).isEqualTo(ErrorCode.DECLINED);
            assertThat(failure).hasMessageContaining("storage_delete");
        }
    }

    @Test
    void aUserWhoCannotBeAskedIsNotAsked() {
        TestClient client = new TestClient("{'action': 'decline'}", ClientFeature.SAMPLING);
        assertThat(confirmed(client)).isInstanceOf(Success.class);
        assertThat(client.asked()).isEmpty();
    }

    @Test
    void theUserIsNotAskedAboutACallThatIsWrong() {
        TestClient client = new TestClient("{'action': 'accept'}", ClientFeature.ELICITATION);
        ToolSpec strict = ToolSpec.named("storage_delete").blocks(call -> ToolResult.ofText("deleted"));
        ToolOutcome outcome = outcome(guard().call(strict, Map.of("x", 1), ToolCaller.ANYBODY, client));
        assertThat(failure(outcome).code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(client.asked()).isEmpty();
    }

    @Test
    void aToolThatComputesIsConfirmedWithoutHoldingUpItsCaller() {
        CompletableFuture<Void> thinking = new CompletableFuture<>();
        TestClient user = new TestClient("{'action': 'decline'}", ClientFeature.ELICITATION) {
            @Override
            public Map<String, ObjectNode> ask(Map<String, Question> questions) throws InterruptedException {
                thinking.join();
                return super.ask(questions);
            }
        };
        ToolRun run = guard().call(
                        ToolSpec.named("storage_delete").computes(call -> ToolResult.ofText("deleted")),
                        Map.of(),
                        ToolCaller.ANYBODY,
                        user);
        assertThat(run.outcome().toCompletableFuture()).isNotDone();
        thinking.complete(null);
        await().until(() -> run.outcome().toCompletableFuture().isDone());
        assertThat(failure(outcome(run)).code()).isEqualTo(ErrorCode.DECLINED);
    }

    private ToolOutcome confirmed(ToolClient client) {
        ToolSpec delete = ToolSpec.named("storage_delete")
                .title("Delete")
                .input(JsonNodeFactory.instance.objectNode().put("type", "object"))
                .blocks(call -> ToolResult.ofText("deleted"));
        return outcome(guard().call(delete, Map.of("collection", "notes"), ToolCaller.ANYBODY, client));
    }

    private ToolOutcome call(ToolHandler handler) {
        return call(ToolSpec.named(TOOL).blocks(handler), ToolClient.SILENT);
    }

    private ToolOutcome call(ToolSpec tool, ToolClient client) {
        return outcome(guard().call(tool, Map.of(), ToolCaller.ANYBODY, client));
    }

    private static ToolOutcome outcome(ToolRun run) {
        return run.outcome().toCompletableFuture().join();
    }

    private static CodedException failure(ToolOutcome outcome) {
        assertThat(outcome).isInstanceOf(Failure.class);
        return ((Failure) outcome).failure();
    }

    private ToolGuard guard() {
        return guard(config(true));
    }

    private ToolGuard guard(ServerConfig config) {
        return TestGuard.of(new LiveConfig(config), workers, registry);
    }

    private static ServerConfig config(boolean enabled) {
        return ToolTestProfile.config(Path.of("unused"), "none", enabled, LIMIT);
    }

    private long timed(String outcome, String code) {
        return registry.get("mcp.tool.calls")
                .tags("tool", TOOL, "outcome", outcome, "code", code)
                .timer()
                .count();
    }
}
