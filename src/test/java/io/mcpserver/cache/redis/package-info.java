/** The cache in Redis, on a real one. */
package io.mcpserver.cache.redis;
