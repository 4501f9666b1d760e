package io.mcpserver.tool.guard;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.ToolSpec;
import java.time.Duration;

/**
 * How long work may take.
 *
 * @param origin who says so, for messages: the key of the configuration, or the tool
 */
record TimeLimit(Duration time, String origin) {

    /** What holds for all that do not say otherwise. */
    static TimeLimit of(ServerConfig config) {
        return new TimeLimit(config.performance().requestTimeout(), "performance.request_timeout");
    }

    static TimeLimit of(ToolSpec tool, ServerConfig config) {
        return tool.policy()
                .timeout()
                .map(time -> new TimeLimit(time, "the timeout of " + tool.name()))
                .orElseGet(() -> of(config));
    }
}
