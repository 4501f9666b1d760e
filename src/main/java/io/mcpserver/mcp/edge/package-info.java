/**
 * What stands between the network and the protocol: who may come in (addresses, keys), which paths
 * answer, whether a body is a well-formed message, which calls and streams are open.
 */
package io.mcpserver.mcp.edge;
