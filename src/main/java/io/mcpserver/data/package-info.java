/**
 * What an operator does with all the data of a server: this package has the way to a store, wherever it is open; those
 * below read, copy, keep and count what is in it. Plain Java against the storage SPI.
 */
package io.mcpserver.data;
