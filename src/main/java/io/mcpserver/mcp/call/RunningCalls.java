package io.mcpserver.mcp.call;

import io.mcpserver.mcp.extension.Conversation;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls of tools that run on worker threads, so that they can be cancelled.
 *
 * <p>Threads: safe for any number of callers.
 */
@Singleton
public class RunningCalls {

    private record Key(String conversation, Object request) {}

    private final Map<Key, Runnable> running = new ConcurrentHashMap<>();

    /** Remembers a call until {@link #ended}. */
    void began(Conversation conversation, Object id, Runnable cancel) {
        running.put(new Key(conversation.id(), normal(id)), cancel);
    }

    void ended(Conversation conversation, Object id, Runnable cancel) {
        running.remove(new Key(conversation.id(), normal(id)), cancel);
    }

    /** Cancels a call; {@code false} if there is none, because it was answered or never came. */
    public boolean cancel(Conversation conversation, Object id) {
        Runnable cancel = id == null ? null : running.remove(new Key(conversation.id(), normal(id)));
        if (cancel == null) {
            return false;
        }
        cancel.run();
        return true;
    }

    /** How many there are. */
    public int count() {
        return running.size();
    }

    /** The same number may come as an int and as a long. */
    private static Object normal(Object id) {
        return id instanceof Integer number ? Long.valueOf(number) : id;
    }
}
