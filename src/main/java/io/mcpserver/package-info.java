/** The program: {@link io.mcpserver.Main} reads the command line and runs one command. */
package io.mcpserver;
