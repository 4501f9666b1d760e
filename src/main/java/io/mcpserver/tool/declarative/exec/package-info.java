/**
 * Tools that run a program of this machine: never through a shell, with nothing of the server's environment, within limits
 * of time, memory and output, and with an end for all that the program started. Plain Java without Quarkus.
 */
package io.mcpserver.tool.declarative.exec;
