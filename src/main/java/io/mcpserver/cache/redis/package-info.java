/**
 * Results kept in Redis, for all replicas of a server. The few commands that it takes are written and read here: a reply is
 * bounded before memory is taken for it, and an exchange as a whole has a deadline, neither of which the libraries for
 * Redis offer. Imports the cache SPI and {@code config}; nobody imports this package, it is found as a service.
 */
package io.mcpserver.cache.redis;
