/**
 * Finds tool files in {@code tools.directories}, at the start and while the server runs, and puts what they bring in force
 * as one transaction.
 */
package io.mcpserver.tool.discovery;
