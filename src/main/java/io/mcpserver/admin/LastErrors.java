package io.mcpserver.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;

/** Keeps the last warnings and errors of the log, also where the log itself is silent; the messages only. */
final class LastErrors extends Handler {

    private static final int KEPT = 20;
    private static final int LONGEST = 500;

    private record Entry(Instant time, String level, String logger, String message) {}

    private final Deque<Entry> entries = new ArrayDeque<>();

    LastErrors() {
        setLevel(Level.WARNING);
    }

    @Override
    public void publish(LogRecord logged) {
        if (!isLoggable(logged)) {
            return;
        }
        Entry entry = new Entry(
                logged.getInstant(),
                logged.getLevel().intValue() >= Level.SEVERE.intValue() ? "error" : "warning",
                String.valueOf(logged.getLoggerName()),
                firstLine(ExtLogRecord.wrap(logged).getFormattedMessage()));
        synchronized (entries) {
            entries.addLast(entry);
            if (entries.size() > KEPT) {
                entries.removeFirst();
            }
        }
    }

    /** Adds them, the newest first. */
    void addTo(ArrayNode array) {
        synchronized (entries) {
            entries.descendingIterator().forEachRemaining(entry -> array.addObject()
                    .put("time", entry.time().toString())
                    .put("level", entry.level())
                    .put("logger", entry.logger())
                    .put("message", entry.message()));
        }
    }

    private static String firstLine(String message) {
        String line = message == null ? "" : message.lines().findFirst().orElse("");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    @Override
    public void flush() {
        // Nothing is written anywhere.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
