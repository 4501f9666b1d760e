package io.mcpserver.mcp.pass;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client has said that holds for the rest of its session, so that another owner can be told. Nothing of it is
 * needed by a client of the revision without sessions. Threads: one at a time.
 */
final class SessionMemory {

    /** As many as a server watches for one session. */
    private static final int MOST_SUBSCRIPTIONS = 1_000;

    /**
     * A line that was said.
     *
     * @param id of the request, as JSON; {@code null} for a notification
     */
    record Said(String id, byte[] line) {}

    private final Map<String, Said> subscriptions = new LinkedHashMap<>();
    private Said initialize;
    private Said initialized;
    private Said level;

    /** Keeps what holds longer than its answer. */
    void heard(Envelope message, byte[] line) {
        if (message.method() == null) {
            return;
        }
        Said said = new Said(message.id(), line);
        switch (message.method()) {
            case "initialize" -> {
                if (initialize == null) {
                    initialize = said;
                }
            }
            case "notifications/initialized" -> initialized = said;
            case "logging/setLevel" -> level = said;
            case "resources/subscribe" -> {
                if (message.uri() != null && subscriptions.size() < MOST_SUBSCRIPTIONS) {
                    subscriptions.put(message.uri(), said);
                }
            }
            case "resources/unsubscribe" -> subscriptions.remove(message.uri());
            default -> {
                // Over with its answer.
            }
        }
    }

    /** Whether there is a session that hears what the server says by itself. */
    boolean begun() {
        return initialized != null;
    }

    /** What another owner has to be told, in this order. */
    List<Said> all() {
        List<Said> all = new ArrayList<>();
        if (initialize != null) {
            all.add(initialize);
        }
        if (initialized != null) {
            all.add(initialized);
        }
        if (level != null) {
            all.add(level);
        }
        all.addAll(subscriptions.values());
        return all;
    }
}
