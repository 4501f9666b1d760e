package io.mcpserver.tool.source;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.source.SourcePool.Lease;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One call's work on a connection. It runs on a thread of its own: the caller can be interrupted although drivers cannot,
 * and a virtual thread does not pin its carrier.
 */
final class Turn<T> {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A statement is told to stop again, since a driver may miss it between two steps. */
    private static final Duration REMINDER = Duration.ofMillis(500);

    private final SourceFault faults;
    private final OpenSource source;
    private final boolean writes;
    private final Sources.Work<T> work;

    Turn(OpenSource source, boolean writes, Sources.Work<T> work) {
        this.faults = source.faults();
        this.source = source;
        this.writes = writes;
        this.work = work;
    }

    T run(ExecutorService threads) throws InterruptedException {
        Lease lease = lend();
        AtomicBoolean spoilt = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(1);
        Session session = new Session(lease.connection(), source.dialect());
        Future<T> answer;
        try {
            answer = threads.submit(() -> {
                try {
                    return source.within(() -> work.on(session));
                } finally {
                    giveBack(lease, spoilt);
                    done.countDown();
                }
            });
        } catch (RejectedExecutionException e) {
            lease.back();
            throw e;
        }
        try {
            return answer.get();
        } catch (InterruptedException e) {
            spoilt.set(true);
            end(session, lease, done);
            throw e;
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private static void end(Session session, Lease lease, CountDownLatch done) throws InterruptedException {
        long begin = System.nanoTime();
        do {
            session.cancel();
            if (done.await(REMINDER.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } while (System.nanoTime() - begin < PATIENCE.toNanos());
        lease.sever();
    }

    private static void giveBack(Lease lease, AtomicBoolean spoilt) {
        if (spoilt.get()) {
            lease.discard();
        } else {
            lease.back();
        }
    }

    private Lease lend() throws InterruptedException {
        try {
            return source.pool().lend(writes);
        } catch (SQLException e) {
            throw faults.connecting(e);
        }
    }

    private RuntimeException failure(Throwable cause) {
        return switch (cause) {
            case SQLException refused -> faults.of(refused);
            case CodedException coded -> coded;
            case RuntimeException defect -> defect;
            default -> new CodedException(ErrorCode.INTERNAL, "The statement could not be run.", cause);
        };
    }
}
