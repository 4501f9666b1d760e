/** Hands the schemas of the built-in tools to the MCP extension. */
package io.mcpserver.tool.schema;
