/**
 * The tools, resources and prompt that come with the program, as beans of the MCP extension. They say
 * what is done; how a call is guarded is in {@code io.mcpserver.tool.guard}.
 */
package io.mcpserver.tool.builtin;
