package io.mcpserver.mcp.stdio;

import io.mcpserver.mcp.extension.Conversation;
import io.mcpserver.mcp.extension.Protocol;
import io.mcpserver.mcp.message.ClientProfile;
import io.mcpserver.mcp.message.Incoming;
import io.mcpserver.mcp.message.Incoming.Notification;
import io.mcpserver.mcp.message.Incoming.Refused;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.JsonRpcError;
import io.mcpserver.mcp.message.Members;
import io.mcpserver.mcp.message.MessageReader;
import io.mcpserver.mcp.message.RequestMeta;
import io.mcpserver.mcp.share.PassedLine;
import io.mcpserver.mcp.stateless.Stateless;
import io.quarkiverse.mcp.server.InitialRequest.Transport;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * The talk with one client over two streams: requests come on one, answers go to the other, in any order. A line that is
 * no message is answered with an error and reading goes on. The end of input ends the talk after the calls in flight were
 * answered.
 */
final class LineTalk {

    private static final Logger LOG = Logger.getLogger(LineTalk.class);

    /** Calls in flight; beyond it nothing more is read until one is answered. */
    private static final int MAX_IN_FLIGHT = 250;

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final long POLL_MILLIS = 20;
    private static final long FAR = Long.MAX_VALUE;

    private static final String NOBODY = "";

    private static final Duration LAST_WORDS = Duration.ofMillis(200);

    private final TalkParts parts;
    private final Manner manner;
    private final Semaphore free = new Semaphore(MAX_IN_FLIGHT);
    private final AtomicBoolean ended = new AtomicBoolean();
    /** Down once everything is answered and written, or nobody is there any more. */
    private final CountDownLatch done = new CountDownLatch(1);

    private final long started = System.nanoTime();
    private final AtomicLong drainedBy = new AtomicLong(FAR);
    /** Requests that stand for themselves and are not answered yet, by id: what cancels each. */
    private final Map<Object, Runnable> single = new ConcurrentHashMap<>();
    /** What ends the requests that stay open. */
    private final Set<Runnable> closings = ConcurrentHashMap.newKeySet();

    private MessageWriter writer;
    private Conversation session;
    private Conversation beforeInitialize;
    private Context context;
    private Runnable whenOver;
    private long taken;

    /** How the client is reached. */
    enum Manner {
        /** By the process's own streams. */
        DIRECT(16L << 20, 0),
        /** By another process, which passes on what its client says, and may say {@link PassedLine}s itself. */
        PASSED(2L << 20, 1);

        /** Bytes of answers that are not read yet; beyond it nothing more is read from the client. */
        private final long unread;

        /** Bytes before a message. */
        private final long mark;

        Manner(long unread, long mark) {
            this.unread = unread;
            this.mark = mark;
        }
    }

    LineTalk(TalkParts parts, Manner manner) {
        this.parts = parts;
        this.manner = manner;
    }

    /** Starts talking; {@code whenOver} is run once, when the talk has ended and was answered. */
    void start(InputStream in, OutputStream out, Runnable whenOver) {
        this.whenOver = whenOver;
        writer = new MessageWriter(out, manner.unread, this::over);
        writer.start();
        context = parts.vertx().getOrCreateContext();
        session = parts.protocol().open(Protocol.newId(), Transport.STDIO, writer::acceptIfRoom);
        beforeInitialize = parts.protocol().single(Transport.STDIO, ClientProfile.UNKNOWN);
        parts.protocol().hear(session);
        Thread.ofPlatform().daemon().name("stdio-reader").start(() -> read(in));
    }

    /**
     * Reads no more, waits until the calls in flight are answered and the answers written, at most
     * {@code limit}, and ends the talk. Where it is being drained already, that one waits no longer than
     * {@code limit} from now.
     */
    void drain(Duration limit) {
        end(limit, this::closeStreams);
    }

    /**
     * The same for a client that goes on with another owner: what is open stays open there, and the last line says how many
     * lines were taken, so that the others are said again.
     */
    void handOver(Duration limit) {
        end(limit, () -> writer.accept(Buffer.buffer(PassedLine.bye(taken()))));
    }

    private void end(Duration limit, Runnable last) {
        drainedBy.accumulateAndGet(sinceStart() + limit.toNanos(), Math::min);
        if (stopTaking()) {
            try {
                boolean answered = awaitAnswers();
                last.run();
                if (!answered) {
                    LOG.warnf("%d calls were not answered in time", inFlight());
                }
                awaitWritten();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            done.countDown();
            whenOver.run();
        } else {
            awaitDone(limit);
        }
    }

    /** Of a talk that is being ended by somebody else. */
    private void awaitDone(Duration limit) {
        try {
            done.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes no line from now on, so that the number of those that were is final; {@code false} if that is so already. */
    private synchronized boolean stopTaking() {
        return ended.compareAndSet(false, true);
    }

    /** Whether a line is taken, that is, seen to. */
    private synchronized boolean take() {
        if (ended.get()) {
            return false;
        }
        taken++;
        return true;
    }

    private synchronized long taken() {
        return taken;
    }

    /** Forgets the client, which has gone for good. */
    void forget() {
        parts.protocol().stopHearing(session);
        parts.watch().endAll(session);
        parts.questions().left(session);
        List.copyOf(closings).forEach(Runnable::run);
        List.copyOf(single.values()).forEach(Runnable::run);
    }

    private void closeStreams() {
        List.copyOf(closings).forEach(Runnable::run);
    }

    private boolean awaitAnswers() throws InterruptedException {
        while (!free.tryAcquire(MAX_IN_FLIGHT, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            if (sinceStart() >= drainedBy.get()) {
                return false;
            }
        }
        return true;
    }

    private void awaitWritten() throws InterruptedException {
        writer.finish();
        boolean written = false;
        // Also where the limit has passed: the last line says what was taken.
        long until = Math.max(drainedBy.get(), sinceStart() + LAST_WORDS.toNanos());
        while (!written && sinceStart() < until) {
            written = writer.awaitEnd(POLL_MILLIS);
        }
    }

    private long sinceStart() {
        return System.nanoTime() - started;
    }

    int inFlight() {
        return MAX_IN_FLIGHT - free.availablePermits();
    }

    private void over() {
        if (ended.compareAndSet(false, true)) {
            done.countDown();
            whenOver.run();
        }
    }

    private void read(InputStream in) {
        try {
            Lines lines = new Lines(in, this::maxLength);
            for (Lines.Line line = lines.next(); line != null && !ended.get(); line = lines.next()) {
                accept(line);
            }
        } catch (IOException e) {
            if (!ended.get()) {
                LOG.errorf("Standard input cannot be read any more: %s", e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        drain(parts.config().now().performance().requestTimeout().plus(GRACE));
    }

    private long maxLength() {
        return parts.config().now().transport().maxBodySize() + manner.mark;
    }

    private void accept(Lines.Line line) throws InterruptedException {
        writer.awaitRoom();
        switch (line) {
            case Lines.Line.TooLong() ->
                refuse(tooLong(parts.config().now().transport().maxBodySize()));
            case Lines.Line.Text(byte[] text) -> {
                if (isBlank(text)) {
                    take();
                } else {
                    accept(message(text));
                }
            }
        }
    }

    private Incoming message(byte[] text) {
        boolean repeated = manner == Manner.PASSED && PassedLine.isRepeated(text);
        Incoming message = MessageReader.read(repeated ? PassedLine.request(text) : text);
        return repeated && message instanceof Request request ? request.asRepeated() : message;
    }

    private void accept(Incoming message) throws InterruptedException {
        switch (message) {
            case Request request -> accept(request);
            case Refused refused -> refuse(refused.toJson());
            default -> {
                if (take()) {
                    onOwnContext(() -> hear(message));
                }
            }
        }
    }

    private void refuse(JsonObject error) {
        if (take()) {
            if (manner == Manner.PASSED) {
                writer.accept(Buffer.buffer(PassedLine.refused(taken())));
            }
            writer.accept(error);
        }
    }

    /** The answer to a line that was thrown away. */
    private static JsonObject tooLong(long most) {
        return JsonRpcError.of(
                null,
                JsonRpcError.INVALID_REQUEST,
                "The message is longer than transport.max_body_size, " + most + " bytes.");
    }

    private void accept(Request request) throws InterruptedException {
        // First, so that no line is taken that could wait for ever.
        free.acquire();
        if (take()) {
            LineWire wire = new LineWire(request.id(), writer, closings, free::release);
            onOwnContext(() -> answer(request, wire));
        } else {
            free.release();
        }
    }

    private void answer(Request request, LineWire wire) {
        if (RequestMeta.saysRevision(request.json()) || Stateless.isOwn(request.method())) {
            Object id = request.id();
            Runnable cancel = parts.stateless().handle(request, wire, NOBODY, Optional.empty());
            Runnable takeBack = () -> {
                cancel.run();
                wire.abandon();
            };
            single.put(id, takeBack);
            // Another request may have come with the same id.
            wire.whenOver(() -> single.remove(id, takeBack));
        } else {
            Conversation conversation =
                    session.begun() || request.method().equals("initialize") ? session : beforeInitialize;
            parts.calls().request(request, conversation, session, wire, Optional.empty());
        }
    }

    private void hear(Incoming message) {
        Runnable cancel = message instanceof Notification notification ? cancelOf(notification) : null;
        if (cancel == null) {
            parts.calls().accept(message, session);
        } else {
            cancel.run();
        }
    }

    private Runnable cancelOf(Notification notification) {
        Object id = notification.method().equals("notifications/cancelled")
                ? Members.object(notification.json(), "params").getValue("requestId")
                : null;
        return id == null ? null : single.remove(id);
    }

    /** One context below them all keeps the order in which messages begin: initialize before what follows it. */
    private void onOwnContext(Runnable work) {
        Context own = VertxContext.createNewDuplicatedContext(context);
        VertxContextSafetyToggle.setContextSafe(own, true);
        own.runOnContext(nothing -> work.run());
    }

    private static boolean isBlank(byte[] text) {
        for (byte b : text) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
