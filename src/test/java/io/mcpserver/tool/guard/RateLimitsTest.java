package io.mcpserver.tool.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolPolicy;
import io.mcpserver.tool.ToolPolicy.Rate;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

    private static final ToolCaller ANN = named("ann");
    private static final ToolCaller BOB = named("bob");

    private final AtomicLong now = new AtomicLong(7_000_000_000L);
    private final RateLimits rates = new RateLimits(now::get);
    private final ToolSpec twiceAMinute = tool("twice", Optional.of(new Rate(2, Duration.ofMinutes(1))));

    @Test
    void whoCallsTooOftenIsToldWhenToComeAgain() {
        rates.take(twiceAMinute, ANN);
        rates.take(twiceAMinute, ANN);

        assertThatThrownBy(() -> rates.take(twiceAMinute, ANN))
                .isInstanceOfSatisfying(CodedException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
                    assertThat(refusal.code().retryable()).isTrue();
                })
                .hasMessageContainingAll("twice", "2 times in 60 s", "again in 30 s");
    }

    @Test
    void whoWaitsAsLongAsTheMessageSaysIsLetIn() {
        rates.take(twiceAMinute, ANN);
        rates.take(twiceAMinute, ANN);

        pass(Duration.ofSeconds(29));
        assertThatThrownBy(() -> rates.take(twiceAMinute, ANN)).hasMessageContaining("again in 1 s");
        pass(Duration.ofSeconds(1));
        assertThatCode(() -> rates.take(twiceAMinute, ANN)).doesNotThrowAnyException();
        assertThatThrownBy(() -> rates.take(twiceAMinute, ANN)).isInstanceOf(CodedException.class);
    }

    @Test
    void restingSavesUpNoMoreThanThePeriodHas() {
        rates.take(twiceAMinute, ANN);
        pass(Duration.ofHours(5));
        rates.take(twiceAMinute, ANN);
        rates.take(twiceAMinute, ANN);

        assertThatThrownBy(() -> rates.take(twiceAMinute, ANN)).isInstanceOf(CodedException.class);
    }

    @Test
    void callersAndToolsAreCountedApart() {
        ToolSpec other = tool("other", Optional.of(new Rate(1, Duration.ofMinutes(1))));
        rates.take(twiceAMinute, ANN);
        rates.take(twiceAMinute, ANN);
        rates.take(twiceAMinute, BOB);
        rates.take(other, ANN);

        assertThatThrownBy(() -> rates.take(other, ANN)).hasMessageContaining("once in 60 s");
    }

    @Test
    void whatIsTakenBackDoesNotCount() {
        rates.take(twiceAMinute, ANN);
        rates.take(twiceAMinute, ANN);
        rates.giveBack(twiceAMinute, ANN);

        assertThatCode(() -> rates.take(twiceAMinute, ANN)).doesNotThrowAnyException();
    }

    @Test
    void aToolWithoutARateIsNotCounted() {
        ToolSpec free = tool("free", Optional.empty());
        for (int i = 0; i < 1_000; i++) {
            rates.take(free, ANN);
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static ToolCaller named(String name) {
        return new ToolCaller(name, "default", Optional.empty(), Optional.empty(), Map.of());
    }

    private static ToolSpec tool(String name, Optional<Rate> rate) {
        return ToolSpec.named(name)
                .policy(new ToolPolicy(Optional.empty(), rate, Optional.empty(), Optional.empty(), false, Set.of()))
                .computes(call -> ToolResult.ofText(name));
    }
}
