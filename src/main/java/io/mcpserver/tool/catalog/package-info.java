/**
 * All tools of the server by name, and their listing by the MCP extension, of which only the public API
 * is imported.
 */
package io.mcpserver.tool.catalog;
