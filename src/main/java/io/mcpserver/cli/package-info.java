/** The command line: one class a command. Edge layer; one of the two packages that use the standard streams. */
package io.mcpserver.cli;
