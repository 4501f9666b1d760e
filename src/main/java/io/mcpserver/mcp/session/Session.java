package io.mcpserver.mcp.session;

import io.mcpserver.mcp.extension.Conversation;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A session as this process knows it. All that it needs is in its id; what is here besides, such as the streams that are
 * open, the client opens again elsewhere.
 *
 * <p>Threads: safe for any number of callers.
 */
public final class Session {

    private static final int MARK_LENGTH = 32;

    private final SealedSession content;
    private final Conversation conversation;
    private final String mark;
    private final List<SessionStream> streams = new CopyOnWriteArrayList<>();

    Session(SealedSession content, Function<Consumer<JsonObject>, Conversation> conversation) {
        this.content = content;
        this.conversation = conversation.apply(this::send);
        this.mark = mark(this.conversation.id());
    }

    /**
     * By what a session that has ended is remembered: a part of its id that no other has, its authentication tag, because
     * ids may be long. Without the last character, of which not every bit counts.
     */
    static String mark(String id) {
        int end = Math.max(0, id.length() - 1);
        return id.substring(Math.max(0, end - MARK_LENGTH), end);
    }

    String mark() {
        return mark;
    }

    public Conversation conversation() {
        return conversation;
    }

    SealedSession content() {
        return content;
    }

    boolean hasStreams() {
        return !streams.isEmpty();
    }

    void add(SessionStream stream) {
        streams.add(stream);
    }

    void remove(SessionStream stream) {
        streams.remove(stream);
    }

    void closeStreams() {
        streams.forEach(SessionStream::close);
    }

    /** Each message goes to one stream only, as the protocol demands: the newest, since older ones may be dead. */
    private void send(JsonObject message) {
        SessionStream newest = null;
        for (SessionStream stream : streams) {
            newest = stream;
        }
        if (newest != null) {
            newest.send(message);
        }
    }
}
