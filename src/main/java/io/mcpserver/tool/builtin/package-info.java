/**
 * The tools, resources and prompt that come with the program. They say what is done; how a call is
 * guarded is in {@code io.mcpserver.tool.guard}. Resources and prompt are beans of the MCP extension, the tools know
 * nothing of it.
 */
package io.mcpserver.tool.builtin;
