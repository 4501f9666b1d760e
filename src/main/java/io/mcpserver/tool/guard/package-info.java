/**
 * The one way in which tools are called: validation of arguments, deadline, failures as results, size
 * limit, confirmation by the user, metrics. {@code ReadGuard} alone knows the MCP extension, by its public API.
 */
package io.mcpserver.tool.guard;
