/** Tests of the command line: what it accepts, prints and ends with. */
package io.mcpserver.cli;
