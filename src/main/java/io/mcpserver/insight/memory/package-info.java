/** Where the memory of this process is, and how much it may have. Plain Java. */
package io.mcpserver.insight.memory;
