/**
 * Tries out the tools of files before they are served: calls them as the server would, with a store of their own where
 * their file says so, and runs the tests that stand in files. Plain Java without Quarkus.
 */
package io.mcpserver.tool.trial;
