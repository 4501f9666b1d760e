package io.mcpserver.mcp.pass;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The requests of a client that are not answered yet, in the order said. Threads: safe for any number of callers. */
final class Flight {

    /** Bytes of requests; beyond it nothing more is read from the client until one is answered. */
    private static final long MOST_BYTES = 16L << 20;

    private static final int MOST = 1_000;

    /** One request. */
    static final class Pending {

        private final String id;
        private final String method;
        private final byte[] line;
        private long number;
        private boolean written;
        private boolean doubtful;

        private Pending(String id, String method, byte[] line) {
            this.id = id;
            this.method = method;
            this.line = line;
        }

        /** As JSON. */
        String id() {
            return id;
        }

        byte[] line() {
            return line;
        }

        boolean calls() {
            return "tools/call".equals(method);
        }
    }

    private final Map<String, Pending> pending = new LinkedHashMap<>();
    private long bytes;
    private boolean over;

    /** Waits until there is room for one more request, or the end. */
    synchronized void awaitRoom() throws InterruptedException {
        while (!over && (bytes >= MOST_BYTES || pending.size() >= MOST)) {
            wait();
        }
    }

    /** Adds a request that is about to be said. */
    synchronized Pending add(Envelope request, byte[] line) {
        Pending added = new Pending(request.id(), request.method(), line);
        Pending before = pending.put(added.id, added);
        bytes += line.length - (before == null ? 0 : before.line.length);
        return added;
    }

    /** A request is about to be said, as the line of this number to the present owner. */
    synchronized void saying(Pending request, long number) {
        request.number = number;
        request.written = false;
    }

    /** The owner can read the request as a whole. */
    synchronized void said(Pending request) {
        request.written = true;
    }

    /** Forgets a request that was answered or taken back. */
    synchronized void over(String id) {
        Pending gone = pending.remove(id);
        if (gone != null) {
            bytes -= gone.line.length;
            notifyAll();
        }
    }

    /** Forgets the request that was said as the line of this number to the present owner, which could not read it. */
    synchronized void refused(long number) {
        pending.values().stream()
                .filter(request -> request.written && request.number == number)
                .map(Pending::id)
                .findFirst()
                .ifPresent(this::over);
    }

    synchronized Optional<Pending> find(String id) {
        return Optional.ofNullable(pending.get(id));
    }

    synchronized boolean isEmpty() {
        return pending.isEmpty();
    }

    /**
     * The owner has gone.
     *
     * @param taken how many lines it said that it has taken; empty where it said nothing
     */
    synchronized void lost(OptionalLong taken) {
        for (Pending request : pending.values()) {
            request.doubtful |= request.written && request.number <= taken.orElse(Long.MAX_VALUE);
            request.written = false;
        }
    }

    /** Whether an owner that has gone may have carried a request out. */
    synchronized boolean isDoubtful(Pending request) {
        return request.doubtful;
    }

    synchronized List<Pending> all() {
        return new ArrayList<>(pending.values());
    }

    /** Nobody waits any more. */
    synchronized void end() {
        over = true;
        notifyAll();
    }
}
