package io.mcpserver.mcp.session;

import io.mcpserver.mcp.message.ClientProfile;
import io.mcpserver.security.Seal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes and opens the ids of sessions: letters, digits, {@code -} and {@code _}, which hold the session itself.
 *
 * <p>Threads: safe for any number of callers.
 */
final class SessionIds {

    /** Longer ones would not fit into the headers that servers and proxies take. */
    static final int MAX_LENGTH = 3_000;

    private static final byte[] CONTEXT = {};

    /** What is kept of {@code clientInfo}. */
    private static final Set<String> INFO = Set.of("name", "version", "title");

    private final Seal seal;
    private final Duration lifetime;
    private final Clock clock;

    SessionIds(Seal seal, Duration lifetime, Clock clock) {
        this.seal = seal;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** An id for a session that begins; empty if what the client says of itself is too long. */
    Optional<String> seal(ClientProfile client, String caller) {
        ClientProfile kept = new ClientProfile(client.revision(), kept(client.info()), client.capabilities());
        byte[] plain = new SealedSession(kept, caller, clock.instant().plus(lifetime))
                .toJson()
                .toBuffer()
                .getBytes();
        return plain.length > MAX_LENGTH / 4 * 3 - 64 ? Optional.empty() : Optional.of(seal.seal(plain, CONTEXT));
    }

    /** The session in an id; empty if it was not made with this secret, was altered, or has expired. */
    Optional<SealedSession> open(String id) {
        return id.length() > MAX_LENGTH
                ? Optional.empty()
                : seal.open(id, CONTEXT)
                        .map(plain -> SealedSession.of(new JsonObject(Buffer.buffer(plain))))
                        .filter(this::valid);
    }

    boolean valid(SealedSession session) {
        return clock.instant().isBefore(session.expires());
    }

    private static JsonObject kept(JsonObject info) {
        return new JsonObject(info.getMap().entrySet().stream()
                .filter(entry -> INFO.contains(entry.getKey()) && entry.getValue() != null)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
