/**
 * Results of tools that are given again: for which calls, under which key, and what happens where the cache is away. Imports
 * the cache SPI; back ends are found as services.
 */
package io.mcpserver.tool.cache;
