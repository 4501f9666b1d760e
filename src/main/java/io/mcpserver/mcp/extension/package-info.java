/**
 * The only place that touches the internals of the MCP extension. What it offers to the rest of the
 * program is free of them: conversations, sessions, pending answers.
 */
package io.mcpserver.mcp.extension;
