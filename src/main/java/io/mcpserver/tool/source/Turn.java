package io.mcpserver.tool.source;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.source.SourcePool.Lease;
import java.sql.SQLException;
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

    private static final int PATIENCE_SECONDS = 5;

    private final SourceFault faults;
    private final OpenSource source;
    private final boolean writes;
    private final Sources.Work<T> work;

    Turn(String name, OpenSource source, boolean writes, Sources.Work<T> work) {
        this.faults = new SourceFault(name, source.dialect());
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
                    return work.on(session);
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
            session.cancel();
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                lease.sever();
            }
            throw e;
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
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
            throw faults.of(e);
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
