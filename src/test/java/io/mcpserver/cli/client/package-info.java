/** The small client of the command line. */
package io.mcpserver.cli.client;
