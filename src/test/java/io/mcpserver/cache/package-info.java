/** The contract of all caches of results. */
package io.mcpserver.cache;
