package io.mcpserver.mcp.testing;

import io.mcpserver.config.TestConfigs;
import io.mcpserver.security.ServerSecret;

/** Secrets as {@code security.secret} gives them. */
public final class FixedSecret {

    public static final String SECRET = "a secret of more than 32 characters";

    private FixedSecret() {}

    public static ServerSecret of(String text) {
        return new ServerSecret(TestConfigs.of("security.secret=" + text));
    }
}
