/**
 * Tests on the packaged distribution: they run {@code target/mcp-server/bin/mcp-server} as a user
 * would, on free loopback ports and a data directory of their own, and stop what they started.
 */
package io.mcpserver.it;
