/**
 * JSON-RPC as it comes from a stranger: read with limits, checked for shape, refused with an answer.
 * Used by every transport; imports nothing of this program.
 */
package io.mcpserver.mcp.message;
