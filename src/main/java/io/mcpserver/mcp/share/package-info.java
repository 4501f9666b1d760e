/**
 * One data folder for several processes of one user: who owns it, and how the others reach the owner. Plain Java, so
 * that a process that only passes on what its client says stays small.
 */
package io.mcpserver.mcp.share;
