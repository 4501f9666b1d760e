/**
 * Results kept in this process, by Caffeine. Imports the cache SPI; nobody imports this package, it is found as a service.
 */
package io.mcpserver.cache.memory;
