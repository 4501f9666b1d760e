/** A client without manners, and tools to call, for the tests of the transports. */
package io.mcpserver.mcp.testing;
