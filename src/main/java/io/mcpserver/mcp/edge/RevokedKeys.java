package io.mcpserver.mcp.edge;

import io.mcpserver.config.ServerConfig.ApiKey;
import io.mcpserver.config.ServerConfig.Security;
import java.util.HashSet;
import java.util.Set;

/** Who was let in before and would not be let in now. */
final class RevokedKeys {

    private static final String ANYBODY = "";

    private RevokedKeys() {}

    /** The names of keys that are gone or another key now; the empty name, if no key was needed and one is. */
    static Set<String> between(Security before, Security after) {
        Set<String> revoked = new HashSet<>();
        before.apiKeys().forEach((name, key) -> {
            ApiKey now = after.apiKeys().get(name);
            if (now == null || !now.sha256().equals(key.sha256())) {
                revoked.add(name);
            }
        });
        if (before.apiKeys().isEmpty() && !after.apiKeys().isEmpty()) {
            revoked.add(ANYBODY);
        }
        return revoked;
    }
}
