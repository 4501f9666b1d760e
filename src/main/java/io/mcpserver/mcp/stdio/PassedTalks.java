package io.mcpserver.mcp.stdio;

import io.mcpserver.mcp.share.OwnerDoor;
import io.mcpserver.mcp.stdio.LineTalk.Manner;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The talks with clients of other processes on this data folder, which pass on what these say. Each is one more client as
 * over standard streams, with a session, progress, cancellations, questions and subscriptions of its own.
 *
 * <p>Threads: safe for any number of callers.
 */
@Singleton
public class PassedTalks {

    private static final Logger LOG = Logger.getLogger(PassedTalks.class);

    /** Held while a talk is put among the others and begins. */
    private final Object beginning = new Object();

    private final TalkParts parts;
    private final Map<LineTalk, OwnerDoor.Guest> talks = new ConcurrentHashMap<>();

    PassedTalks(TalkParts parts) {
        this.parts = parts;
        parts.config().onChange((before, after) -> handOverWhoDisagrees());
    }

    /** Talks with whoever comes in at a door. */
    public void serve(OwnerDoor door) {
        door.serve(parts.config()::now, this::begin);
    }

    /** How many clients there are. */
    public int count() {
        return talks.size();
    }

    /**
     * Ends all talks, so that the clients go on with the next owner of the folder: what was taken is answered, at most
     * {@code limit} long. Returns when that is done.
     */
    public void handOver(Duration limit) {
        List<Thread> ends =
                begun().keySet().stream().map(talk -> handOver(talk, limit)).toList();
        try {
            for (Thread end : ends) {
                end.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** None that is about to begin, for that one has nothing to end yet. */
    private Map<LineTalk, OwnerDoor.Guest> begun() {
        synchronized (beginning) {
            return Map.copyOf(talks);
        }
    }

    private static Thread handOver(LineTalk talk, Duration limit) {
        return Thread.ofPlatform().daemon().name("hand-over").start(() -> talk.handOver(limit));
    }

    /**
     * Sends away whose configuration no longer agrees with the one in force: it comes back with what its file says by then,
     * or is refused with the keys.
     */
    private void handOverWhoDisagrees() {
        begun().forEach((talk, guest) -> {
            if (!guest.agrees().getAsBoolean()) {
                sendAway(talk);
            }
        });
    }

    /** What it has asked is answered first, for it goes on with this very owner, which would be asked twice. */
    private void sendAway(LineTalk talk) {
        handOver(talk, parts.config().now().performance().requestTimeout());
    }

    private void begin(OwnerDoor.Guest guest) {
        LineTalk talk = new LineTalk(parts, Manner.PASSED);
        LOG.debugf("Process %d passes on what its client says", guest.pid());
        synchronized (beginning) {
            talks.put(talk, guest);
            talk.start(guest.link().in(), guest.link().out(), () -> {
                talks.remove(talk);
                guest.left().run();
                talk.forget();
                LOG.debugf("Process %d no longer passes on", guest.pid());
            });
        }
        // It may have been let in under the configuration before.
        if (!guest.agrees().getAsBoolean()) {
            sendAway(talk);
        }
    }
}
