/** The servers of this machine: which there are, who holds a port, and the way into one. Plain Java. */
package io.mcpserver.insight.process;
