package io.mcpserver.tool.declarative.http;

import io.mcpserver.config.ServerConfig;
import java.util.List;

/** Configurations that differ in the hosts that are allowed. */
public final class HttpTestConfig {

    private HttpTestConfig() {}

    public static ServerConfig allowing(ServerConfig config, List<String> hosts) {
        ServerConfig.Tools tools = config.tools();
        return new ServerConfig(
                config.server(),
                config.transport(),
                config.storage(),
                new ServerConfig.Tools(
                        tools.enabled(),
                        tools.autoDiscover(),
                        tools.directories(),
                        tools.maxResultBytes(),
                        tools.confirm(),
                        tools.include(),
                        tools.exclude(),
                        tools.discovery(),
                        tools.allowExec(),
                        hosts,
                        tools.testBeforeReload()),
                config.logging(),
                config.performance(),
                config.cache(),
                config.database(),
                config.sources(),
                config.embedding(),
                config.security(),
                config.tracing());
    }
}
