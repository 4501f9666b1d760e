package io.mcpserver.mcp.stateless;

import io.mcpserver.config.LiveConfig;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;

/**
 * How long, and for whom, an answer may be kept.
 *
 * <p>What the server offers is the same for every caller and changes only when it is started anew, or with a {@code
 * list_changed}; where a key is demanded, now, it is still not for those who have none. What is stored may change at any time.
 */
@Singleton
class CacheHints {

    private static final Duration OFFER = Duration.ofMinutes(5);

    private static final Set<String> OFFERS =
            Set.of("server/discover", "tools/list", "prompts/list", "resources/list", "resources/templates/list");

    private final LiveConfig config;

    CacheHints(LiveConfig config) {
        this.config = config;
    }

    /** Adds the hints that the method's results must have. */
    void add(String method, JsonObject result) {
        if (OFFERS.contains(method)) {
            boolean anybody = config.now().security().apiKeys().isEmpty();
            result.put("ttlMs", OFFER.toMillis()).put("cacheScope", anybody ? "public" : "private");
        } else if (method.equals("resources/read")) {
            result.put("ttlMs", 0).put("cacheScope", "private");
        }
    }
}
