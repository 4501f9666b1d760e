package io.mcpserver.mcp.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.mcp.call.Questions;
import io.mcpserver.mcp.call.ResourceWatch;
import io.mcpserver.mcp.extension.Protocol;
import io.mcpserver.mcp.message.ClientProfile;
import io.mcpserver.security.Seal;
import io.mcpserver.security.ServerSecret;
import io.quarkiverse.mcp.server.InitialRequest.Transport;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions of Streamable HTTP. Beginning one leaves nothing in memory; a session that is used is kept for a while, and
 * as long as its client listens to it; one that was forgotten is opened from its id again.
 *
 * <p>Threads: safe for any number of callers.
 */
@Singleton
public class Sessions {

    private static final int KEPT_PER_CONNECTION = 10;
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final Protocol protocol;
    private final ResourceWatch watch;
    private final Questions questions;
    private final SessionIds ids;
    private final Cache<String, Session> opened;
    private final Cache<String, Boolean> ended;
    private final Map<String, Session> heard = new ConcurrentHashMap<>();

    @Inject
    Sessions(Protocol protocol, ResourceWatch watch, Questions questions, ServerSecret secret, ServerConfig config) {
        this.protocol = protocol;
        this.watch = watch;
        this.questions = questions;
        Duration lifetime = config.transport().sessionLifetime();
        this.ids = new SessionIds(new Seal(secret, "session"), lifetime, Clock.systemUTC());
        long most = (long) KEPT_PER_CONNECTION * config.performance().maxConnections();
        this.opened = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterAccess(IDLE)
                .executor(Runnable::run)
                .evictionListener((id, session, cause) -> forgotten(session))
                .build();
        this.ended = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(lifetime)
                .executor(Runnable::run)
                .build();
    }

    /**
     * The id of a session that begins.
     *
     * @param caller whose session it is, an empty text for anybody's
     * @return empty if what the client says of itself is too long to be kept
     */
    public Optional<String> begin(ClientProfile client, String caller) {
        return ids.seal(client, caller);
    }

    /** The session with this id, if this secret sealed it for this caller and it has not ended or expired. */
    public Optional<Session> find(String id, String caller) {
        Session known = known(id);
        if (known == null) {
            known = ids.open(id)
                    .filter(content -> ended.getIfPresent(Session.mark(id)) == null)
                    .map(content -> open(id, content))
                    .orElse(null);
        }
        return Optional.ofNullable(known)
                // Once more, because it may have ended while it was opened.
                .filter(session -> ended.getIfPresent(session.mark()) == null)
                .filter(session -> session.content().caller().equals(caller) && ids.valid(session.content()));
    }

    /** Ends a session in this process: its id is not taken any more, its watches and streams end. */
    public void end(Session session) {
        String id = session.conversation().id();
        ended.put(session.mark(), true);
        opened.invalidate(id);
        watch.endAll(session);
        questions.left(session.conversation());
        if (heard.remove(id) != null) {
            protocol.stopHearing(session.conversation());
        }
        session.closeStreams();
    }

    /** Has {@code stream} hear what the server says in this session outside of any request. */
    public void listen(Session session, SessionStream stream) {
        synchronized (session) {
            session.add(stream);
            if (heard.putIfAbsent(session.conversation().id(), session) == null) {
                protocol.hear(session.conversation());
            }
        }
        if (ended.getIfPresent(session.mark()) != null) {
            // It ended meanwhile, and who ended it may not have seen this stream.
            end(session);
        }
    }

    /** Undoes {@link #listen}. */
    public void stopListening(Session session, SessionStream stream) {
        synchronized (session) {
            session.remove(stream);
            if (!session.hasStreams() && heard.remove(session.conversation().id(), session)) {
                protocol.stopHearing(session.conversation());
                opened.put(session.conversation().id(), session);
            }
        }
    }

    /** How many sessions this process keeps. */
    public int count() {
        return (int) opened.estimatedSize();
    }

    private void forgotten(Object session) {
        if (session instanceof Session idle && !idle.hasStreams()) {
            watch.endAll(idle);
        }
    }

    private Session known(String id) {
        Session session = opened.getIfPresent(id);
        return session == null ? heard.get(id) : session;
    }

    private Session open(String id, SealedSession content) {
        Session session =
                new Session(content, sink -> protocol.resume(id, Transport.STREAMABLE_HTTP, content.client(), sink));
        Session present = opened.asMap().putIfAbsent(id, session);
        return present == null ? session : present;
    }
}
