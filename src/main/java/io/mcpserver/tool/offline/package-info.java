/**
 * Tool files for commands that run without a server: they are looked at by the code by which a server would, so that a
 * command says what a server that starts now would do with them.
 */
package io.mcpserver.tool.offline;
