package io.mcpserver.mcp.testing;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.security.ServerSecret;
import io.mcpserver.tool.ToolTestProfile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Secrets as {@code security.secret} gives them. */
public final class FixedSecret {

    public static final String SECRET = "a secret of more than 32 characters";

    private FixedSecret() {}

    public static ServerSecret of(String text) {
        ServerConfig plain = ToolTestProfile.config(Path.of("target", "no-such-folder"), "none", true);
        return new ServerSecret(new ServerConfig(
                plain.server(),
                plain.transport(),
                plain.storage(),
                plain.tools(),
                plain.logging(),
                plain.performance(),
                plain.cache(),
                plain.database(),
                plain.sources(),
                plain.embedding(),
                new ServerConfig.Security(Map.of(), Optional.of(text)),
                plain.tracing()));
    }
}
