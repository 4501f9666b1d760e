/**
 * Tries out the tools of files without a server: reads the files as a server would, calls their tools, on a store that is
 * thrown away where a test brings documents, and runs the tests that stand in files. Plain Java without Quarkus.
 */
package io.mcpserver.tool.trial;
