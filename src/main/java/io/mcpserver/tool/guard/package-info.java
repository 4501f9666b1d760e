/**
 * The one way in which tools are called: validation of arguments, deadline, failures as results, size
 * limit, metrics. May import the MCP extension's public API.
 */
package io.mcpserver.tool.guard;
