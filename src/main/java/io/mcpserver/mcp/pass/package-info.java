/**
 * The process that is not the owner of its data folder: passes on what its client says, and sees to a next owner when
 * there is none. Plain Java, and little of it: neither Quarkus nor a store is loaded.
 */
package io.mcpserver.mcp.pass;
