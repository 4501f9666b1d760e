package io.mcpserver.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Configurations for tests: the defaults, and with one section replaced. */
public final class TestConfigs {

    private TestConfigs() {}

    /** The defaults, which open nothing by themselves. */
    public static ServerConfig defaults() {
        Path folder = Path.of("target").toAbsolutePath();
        return new ConfigLoader(ConfigSchema.load())
                .load(new ConfigRequest(Optional.empty(), List.of(), Map.of(), folder, folder))
                .valid()
                .orElseThrow();
    }

    public static ServerConfig withTools(ServerConfig config, ServerConfig.Tools tools) {
        return new ServerConfig(
                config.server(),
                config.transport(),
                config.storage(),
                tools,
                config.logging(),
                config.performance(),
                config.cache(),
                config.database(),
                config.sources(),
                config.embedding(),
                config.security(),
                config.tracing());
    }

    /** With other tools that are not offered. */
    public static ServerConfig excluding(ServerConfig config, String... names) {
        ServerConfig.Tools tools = config.tools();
        return withTools(
                config,
                new ServerConfig.Tools(
                        tools.enabled(),
                        tools.autoDiscover(),
                        tools.directories(),
                        tools.maxResultBytes(),
                        tools.confirm(),
                        tools.include(),
                        List.of(names),
                        tools.discovery(),
                        tools.allowExec(),
                        tools.allowedHosts(),
                        tools.testBeforeReload()));
    }

    /** With keys. */
    public static ServerConfig withKeys(ServerConfig config, Map<String, ServerConfig.ApiKey> keys) {
        return new ServerConfig(
                config.server(),
                config.transport(),
                config.storage(),
                config.tools(),
                config.logging(),
                config.performance(),
                config.cache(),
                config.database(),
                config.sources(),
                config.embedding(),
                new ServerConfig.Security(keys, config.security().secret()),
                config.tracing());
    }
}
