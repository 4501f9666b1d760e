package io.mcpserver.mcp.stateless;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.security.Seal;
import io.mcpserver.security.ServerSecret;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a client keeps for the server between the rounds of one request: sealed, for ten minutes, for the caller and the
 * request that it was made for.
 *
 * <p>Threads: safe for any number of callers.
 */
@Singleton
class RequestStates {

    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final ObjectMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final Seal seal;
    private final Clock clock;

    @Inject
    RequestStates(ServerSecret secret) {
        this(new Seal(secret, "request-state"), Clock.systemUTC());
    }

    RequestStates(Seal seal, Clock clock) {
        this.seal = seal;
        this.clock = clock;
    }

    /** @return empty if the answers are too long to be kept by the client */
    Optional<String> seal(JsonObject answers, Request request, String caller) {
        byte[] plain = new JsonObject()
                .put("a", answers)
                .put("e", clock.instant().plus(LIFETIME).getEpochSecond())
                .toBuffer()
                .getBytes();
        return plain.length > Seal.MAX_PLAIN ? Optional.empty() : Optional.of(seal.seal(plain, bound(request, caller)));
    }

    /** The answers in a state; empty if it was forged, altered, is too old, or belongs to another caller or request. */
    Optional<JsonObject> open(String state, Request request, String caller) {
        return seal.open(state, bound(request, caller))
                .map(plain -> new JsonObject(Buffer.buffer(plain)))
                .filter(json -> clock.instant().getEpochSecond() < json.getLong("e"))
                .map(json -> json.getJsonObject("a"));
    }

    /** A digest of the caller and of what the request asks for. */
    private static byte[] bound(Request request, String caller) {
        Map<String, Object> asks = new TreeMap<>();
        asks.put("caller", caller);
        asks.put("method", request.method());
        Map<String, Object> params = request.json().getJsonObject("params").getMap();
        for (String name : new String[] {"name", "uri", "arguments"}) {
            asks.put(name, params.get(name));
        }
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(SORTED.writeValueAsString(asks).getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("What was read as JSON can be written, and every Java has SHA-256", e);
        }
    }
}
