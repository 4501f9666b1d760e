package io.mcpserver.mcp.stateless;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.tool.ToolCaller;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;

/**
 * How long, and for whom, an answer may be kept.
 *
 * <p>What the server offers changes only when it is started anew, or with a {@code list_changed}. It is the same for every
 * caller where no key is demanded, unless the caller selects groups of tools; where a key is demanded, now, it is not for
 * those who have none, or another. What is stored may change at any time.
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

    /** Adds the hints that the method's results for this caller must have. */
    void add(String method, JsonObject result, ToolCaller caller) {
        if (OFFERS.contains(method)) {
            boolean anybody = config.now().security().apiKeys().isEmpty()
                    && caller.groups().isEmpty();
            result.put("ttlMs", OFFER.toMillis()).put("cacheScope", anybody ? "public" : "private");
        } else if (method.equals("resources/read")) {
            result.put("ttlMs", 0).put("cacheScope", "private");
        }
    }
}
