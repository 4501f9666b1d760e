/**
 * What tools in Java files and jars are written against; public API, published as {@code mcp-server-tool-api}. It names
 * nothing but the JDK. Such a tool sees this package and the JDK, and nothing else of the server.
 *
 * <p>Either methods are marked with {@link io.mcpserver.tool.api.Tool}, or a {@link io.mcpserver.tool.api.ToolProvider}
 * makes {@link io.mcpserver.tool.api.ToolDefinition}s.
 */
package io.mcpserver.tool.api;
