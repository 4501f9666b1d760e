package io.mcpserver.tool.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private final ExecutorService workers = Executors.newSingleThreadExecutor();

    @AfterEach
    void end() {
        workers.shutdownNow();
    }

    @Test
    void answersWithWhatTheWorkAnswers() throws Exception {
        Deadline deadline = new Deadline(workers, Duration.ofSeconds(30));
        assertThat(deadline.run(() -> "done").toCompletableFuture().get()).isEqualTo("done");
    }

    @Test
    void failsAsTheWorkFails() {
        Deadline deadline = new Deadline(workers, Duration.ofSeconds(30));
        var answer = deadline.run(() -> {
            throw new IllegalStateException("broken");
        });
        assertThatThrownBy(() -> answer.toCompletableFuture().get())
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void interruptsWorkThatTakesTooLong() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Deadline deadline = new Deadline(workers, Duration.ofMillis(50));
        var answer = deadline.run(() -> {
            try {
                return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });
        assertThatThrownBy(() -> answer.toCompletableFuture().get()).hasRootCauseInstanceOf(TimeoutException.class);
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void answersThoughTheWorkDoesNotReact() {
        AtomicBoolean end = new AtomicBoolean();
        Deadline deadline = new Deadline(workers, Duration.ofMillis(50));
        var answer = deadline.run(() -> {
            while (!end.get()) {
                Thread.onSpinWait();
            }
            return "too late";
        });
        try {
            assertThatThrownBy(() -> answer.toCompletableFuture().get(30, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(TimeoutException.class);
        } finally {
            end.set(true);
        }
    }

    @Test
    void neverBeginsWorkThatWaitedTooLongForAThread() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        workers.submit(() -> busy.await(1, TimeUnit.MINUTES));
        AtomicBoolean begun = new AtomicBoolean();
        var answer = new Deadline(workers, Duration.ofMillis(50)).run(() -> {
            begun.set(true);
            return null;
        });
        assertThatThrownBy(() -> answer.toCompletableFuture().get()).hasRootCauseInstanceOf(TimeoutException.class);
        busy.countDown();
        workers.submit(() -> {}).get();
        assertThat(begun).isFalse();
    }

    @Test
    void countsNoTimeWhileTheClockIsPaused() throws Exception {
        Deadline deadline = new Deadline(workers, Duration.ofMillis(300));
        TimedWork<String> work = deadline.begin(clock -> {
            clock.pause();
            clock.pause();
            Thread.sleep(400);
            clock.resume();
            Thread.sleep(400);
            clock.resume();
            return "done";
        });
        assertThat(work.answer().get()).isEqualTo("done");
    }

    @Test
    void goesOnWithWhatWasLeftWhenTheClockWasPaused() {
        Deadline deadline = new Deadline(workers, Duration.ofMillis(300));
        long begun = System.nanoTime();
        TimedWork<Boolean> work = deadline.begin(clock -> {
            Thread.sleep(200);
            clock.pause();
            Thread.sleep(500);
            clock.resume();
            return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
        });
        assertThatThrownBy(() -> work.answer().get()).hasRootCauseInstanceOf(TimeoutException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(790), Duration.ofSeconds(30));
    }

    @Test
    void endsEarlyWithTheReasonGiven() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        TimedWork<String> work = new Deadline(workers, Duration.ofSeconds(30)).begin(clock -> {
            begun.countDown();
            try {
                Thread.sleep(Duration.ofMinutes(1));
            } finally {
                interrupted.countDown();
            }
            return "late";
        });
        begun.await();
        work.end(new IllegalStateException("enough"));
        work.end(new IllegalStateException("once more"));
        assertThatThrownBy(() -> work.answer().get()).hasRootCauseMessage("enough");
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void refusesWorkWhenTheProgramEnds() {
        workers.shutdown();
        Deadline deadline = new Deadline(workers, Duration.ofSeconds(1));
        assertThatThrownBy(() -> deadline.run(() -> "late")).isInstanceOf(RejectedExecutionException.class);
    }
}
