package io.mcpserver.tool.discovery;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.file.AsServed;
import io.mcpserver.tool.file.Surroundings;

/** What tools may use, under a configuration that is not in force yet. */
record OtherConfig(Surroundings served, ServerConfig config) implements AsServed {}
