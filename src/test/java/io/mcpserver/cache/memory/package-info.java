/** The cache in memory. */
package io.mcpserver.cache.memory;
