/**
 * Sessions of the revisions that have them, sealed into their own id: any process with the same secret serves any
 * session, and a process that dies takes none with it.
 */
package io.mcpserver.mcp.session;
