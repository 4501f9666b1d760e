package io.mcpserver.server;

import io.mcpserver.config.ConfigRequest;
import io.mcpserver.config.LoadedConfig;
import java.time.Instant;

/**
 * With what the command line starts the server of this process.
 *
 * @param began before the configuration was read
 * @param request what was read, for it to be read again
 * @param loaded what that brought; valid
 * @param production whether what is unsafe in production is refused
 */
public record ServerStart(Instant began, ConfigRequest request, LoadedConfig loaded, boolean production) {}
