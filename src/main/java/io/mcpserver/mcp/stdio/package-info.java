/** The stdio transport: one JSON-RPC message a line, UTF-8, and nothing else on standard output. */
package io.mcpserver.mcp.stdio;
