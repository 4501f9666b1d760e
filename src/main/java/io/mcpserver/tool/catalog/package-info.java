/**
 * All that is offered to clients by name, as one snapshot that is replaced as a whole, and which caller is offered which
 * tools. Of the MCP extension only the public API is imported, to know the names that it has.
 */
package io.mcpserver.tool.catalog;
