package io.mcpserver.mcp.stdio;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.mcp.call.SessionCalls;
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
import io.mcpserver.mcp.stateless.Stateless;
import io.quarkiverse.mcp.server.InitialRequest.Transport;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Talks with the process that started this one: requests come on standard input, answers go to
 * standard output, in any order. A line that is no message is answered with an error and reading goes
 * on. The end of input ends the talk after the calls in flight were answered.
 */
@Singleton
public class StdioTransport {

    private static final Logger LOG = Logger.getLogger(StdioTransport.class);

    /** Calls in flight; beyond it nothing more is read until one is answered. */
    private static final int MAX_IN_FLIGHT = 250;

    /** Bytes of answers that the client has not read; beyond it nothing more is read from the client. */
    private static final long MAX_UNREAD = 16L << 20;

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final long POLL_MILLIS = 20;
    private static final long FAR = Long.MAX_VALUE;

    private static final String NOBODY = "";

    private final Protocol protocol;
    private final SessionCalls calls;
    private final Stateless stateless;
    private final LiveConfig config;
    private final Vertx vertx;
    private final Semaphore free = new Semaphore(MAX_IN_FLIGHT);
    private final AtomicBoolean ended = new AtomicBoolean();
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

    StdioTransport(Protocol protocol, SessionCalls calls, Stateless stateless, LiveConfig config, Vertx vertx) {
        this.protocol = protocol;
        this.calls = calls;
        this.stateless = stateless;
        this.config = config;
        this.vertx = vertx;
    }

    /** Starts talking; {@code whenOver} is run once, when the talk has ended and was answered. */
    public void start(Runnable whenOver) {
        start(StandardStreams.in(), StandardStreams.out(), whenOver);
    }

    void start(InputStream in, OutputStream out, Runnable whenOver) {
        this.whenOver = whenOver;
        writer = new MessageWriter(out, MAX_UNREAD, this::over);
        writer.start();
        context = vertx.getOrCreateContext();
        session = protocol.open(Protocol.newId(), Transport.STDIO, writer::acceptIfRoom);
        beforeInitialize = protocol.single(Transport.STDIO, ClientProfile.UNKNOWN);
        protocol.hear(session);
        Thread.ofPlatform().daemon().name("stdio-reader").start(() -> read(in));
    }

    /**
     * Reads no more, waits until the calls in flight are answered and the answers written, at most
     * {@code limit}, and ends the talk. Where it is being drained already, that one waits no longer than
     * {@code limit} from now.
     */
    public void drain(Duration limit) {
        drainedBy.accumulateAndGet(sinceStart() + limit.toNanos(), Math::min);
        if (ended.compareAndSet(false, true)) {
            try {
                boolean answered = awaitAnswers();
                closeStreams();
                if (!answered) {
                    LOG.warnf("%d calls were not answered in time", inFlight());
                }
                awaitWritten();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            whenOver.run();
        }
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
        while (!written && sinceStart() < drainedBy.get()) {
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
            LOG.errorf("Standard input cannot be read any more: %s", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        drain(config.now().performance().requestTimeout().plus(GRACE));
    }

    private long maxLength() {
        return config.now().transport().maxBodySize();
    }

    private void accept(Lines.Line line) throws InterruptedException {
        writer.awaitRoom();
        switch (line) {
            case Lines.Line.TooLong() ->
                writer.accept(JsonRpcError.of(
                        null,
                        JsonRpcError.INVALID_REQUEST,
                        "The message is longer than transport.max_body_size, " + maxLength() + " bytes."));
            case Lines.Line.Text(byte[] text) -> {
                if (!isBlank(text)) {
                    accept(MessageReader.read(text));
                }
            }
        }
    }

    private void accept(Incoming message) throws InterruptedException {
        switch (message) {
            case Refused refused -> writer.accept(refused.toJson());
            case Request request -> {
                free.acquire();
                LineWire wire = new LineWire(request.id(), writer, closings, free::release);
                onOwnContext(() -> answer(request, wire));
            }
            default -> onOwnContext(() -> hear(message));
        }
    }

    private void answer(Request request, LineWire wire) {
        if (RequestMeta.saysRevision(request.json()) || Stateless.isOwn(request.method())) {
            Object id = request.id();
            Runnable cancel = stateless.handle(request, wire, NOBODY, Optional.empty());
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
            calls.request(request, conversation, session, wire, Optional.empty());
        }
    }

    private void hear(Incoming message) {
        Runnable cancel = message instanceof Notification notification ? cancelOf(notification) : null;
        if (cancel == null) {
            calls.accept(message, session);
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
