package io.mcpserver.server;

import io.mcpserver.config.ConfigRequest;
import io.mcpserver.config.LoadedConfig;
import io.mcpserver.mcp.share.OwnerDoor;
import java.time.Instant;
import java.util.Optional;

/**
 * With what the command line starts the server of this process.
 *
 * @param began before the configuration was read
 * @param request what was read, for it to be read again
 * @param loaded what that brought; valid
 * @param production whether what is unsafe in production is refused
 * @param door to the data folder, if this process owns it; closed when the server has stopped
 * @param shares whether the data folder is shared with other processes at all
 */
public record ServerStart(
        Instant began,
        ConfigRequest request,
        LoadedConfig loaded,
        boolean production,
        Optional<OwnerDoor> door,
        boolean shares) {}
