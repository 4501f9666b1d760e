package io.mcpserver.mcp.edge;

import io.mcpserver.config.ServerConfig.ApiKey;
import io.mcpserver.config.ServerConfig.Security;

/** Who was let in before and would not be let in now, or not to the same. */
final class RevokedKeys {

    private RevokedKeys() {}

    /**
     * Whether the key of this name is gone, is another key now, or opens another part of the server.
     *
     * @param name an empty text for who came without a key; revoked as soon as one is needed
     */
    static boolean isRevoked(String name, Security before, Security after) {
        if (before == after) {
            return false;
        }
        ApiKey then = before.apiKeys().get(name);
        ApiKey now = after.apiKeys().get(name);
        return then == null ? !after.apiKeys().isEmpty() : now == null || !opensTheSame(then, now);
    }

    private static boolean opensTheSame(ApiKey then, ApiKey now) {
        return now.sha256().equals(then.sha256())
                && now.namespace().equals(then.namespace())
                && now.scopes().equals(then.scopes())
                && now.groups().equals(then.groups());
    }
}
