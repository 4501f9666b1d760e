package io.mcpserver.mcp.stdio;

import io.mcpserver.mcp.call.Notices;
import io.mcpserver.mcp.call.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** Answers one request with lines, among those of all others. */
final class LineWire implements Wire {

    private final Object id;
    private final MessageWriter writer;
    private final Set<Runnable> closings;
    private final Runnable release;
    private Runnable closing;
    private Runnable whenOver = () -> {};
    private boolean released;
    private boolean over;

    /**
     * @param id of the request
     * @param closings what is to be run when the server ends, of requests that stay open
     * @param release run once, when the request is no longer in flight
     */
    LineWire(Object id, MessageWriter writer, Set<Runnable> closings, Runnable release) {
        this.id = id;
        this.writer = writer;
        this.closings = closings;
        this.release = release;
    }

    /** Runs {@code then} when the request was answered or abandoned; at once if that is so already. */
    void whenOver(Runnable then) {
        synchronized (this) {
            if (!over) {
                whenOver = then;
                return;
            }
        }
        then.run();
    }

    @Override
    public synchronized void notify(JsonObject notification) {
        if (!over) {
            writer.acceptIfRoom(notification);
        }
    }

    @Override
    public synchronized void send(JsonObject request) {
        if (!over) {
            writer.accept(request);
        }
    }

    @Override
    public void answer(int status, Buffer message) {
        end(() -> writer.accept(message));
    }

    @Override
    public void abandon() {
        end(() -> {});
    }

    @Override
    public synchronized void stayOpen(Runnable whenClosing) {
        // A client that shares one stream among all requests is told which of them ends before it was to.
        closing = () -> {
            send(Notices.of("notifications/cancelled", new JsonObject().put("requestId", id)));
            whenClosing.run();
        };
        closings.add(closing);
        release();
    }

    @Override
    public void whenGone(Runnable then) {
        // The client goes by ending its input, and what is in flight is answered then.
    }

    private void end(Runnable last) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            last.run();
            if (closing != null) {
                closings.remove(closing);
            }
            release();
        }
        whenOver.run();
    }

    private void release() {
        if (!released) {
            released = true;
            release.run();
        }
    }
}
