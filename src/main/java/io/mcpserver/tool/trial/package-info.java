/**
 * Tries out the tools of files: calls them, on a store that is thrown away where a test brings documents, and runs the
 * tests that stand in files. Plain Java without Quarkus.
 */
package io.mcpserver.tool.trial;
