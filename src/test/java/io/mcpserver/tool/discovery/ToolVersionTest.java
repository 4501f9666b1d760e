package io.mcpserver.tool.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.tool.Offer;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.file.LoadedFile;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ToolVersionTest {

    private final CountDownLatch begun = new CountDownLatch(2);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger closed = new AtomicInteger();
    private final ToolSpec slow = ToolSpec.named("slow").blocks(call -> {
        begun.countDown();
        released.await();
        return ToolResult.ofText(closed.get() == 0 ? "in time" : "after it was closed");
    });
    private final ToolVersion version = new ToolVersion(
            "a.txt",
            new LoadedFile(
                    new Offer(List.of(slow), List.of(), List.of()), List.of(), List.of(), closed::incrementAndGet));

    @Test
    void whatItHoldsIsGivenBackOnceNoCallRunsAnyMore() throws Exception {
        CompletableFuture<String> one = CompletableFuture.supplyAsync(this::call, Thread.ofVirtual()::start);
        CompletableFuture<String> two = CompletableFuture.supplyAsync(this::call, Thread.ofVirtual()::start);
        begun.await();

        version.retire(Runnable::run);
        assertThat(closed).hasValue(0);
        released.countDown();

        assertThat(one.join()).isEqualTo("in time");
        assertThat(two.join()).isEqualTo("in time");
        assertThat(closed).hasValue(1);
    }

    @Test
    void withoutACallItIsGivenBackAtOnceAndOnce() {
        version.discard();
        version.discard();

        assertThat(closed).hasValue(1);
    }

    @Test
    void aCallThatComesTooLateIsToldToComeAgain() {
        version.discard();

        assertThatThrownBy(this::call).hasMessageContaining("was replaced while it was called; call it again");
    }

    @Test
    void whatHoldsNothingIsServedHoweverLateACallComes() throws Exception {
        ToolSpec plain = ToolSpec.named("plain").computes(call -> ToolResult.ofText("in time"));
        ToolVersion text = new ToolVersion(
                "a.yaml", LoadedFile.of(new Offer(List.of(plain), List.of(), List.of()), List.of(), List.of()));

        text.retire(Runnable::run);

        assertThat(text.offer().tools().getFirst().handler().call(null).text()).isEqualTo("in time");
    }

    @Test
    void aUserHasTimeToConfirmACallOfWhatWasOffered() throws Exception {
        released.countDown();
        version.setOffered();

        version.retire();

        assertThat(ToolVersion.GRACE).isGreaterThan(Duration.ofMinutes(6));
        assertThat(call()).isEqualTo("in time");
    }

    @Test
    void whatWasNeverOfferedIsGivenBackAtOnce() {
        version.retire();

        assertThat(closed).hasValue(1);
    }

    @Test
    void callsThatBeginWhileItIsStillToBeGivenBackAreServed() throws Exception {
        released.countDown();
        AtomicInteger later = new AtomicInteger();

        version.retire(work -> later.incrementAndGet());

        assertThat(later).hasValue(1);
        assertThat(call()).isEqualTo("in time");
        assertThat(closed).hasValue(0);
    }

    private String call() {
        try {
            return version.offer().tools().getFirst().handler().call(null).text();
        } catch (Exception e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
