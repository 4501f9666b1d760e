/**
 * Brings files into a collection: finds them, reads each kind of file as parts, saves what is new or
 * changed. Plain Java against the storage SPI; needs no server.
 */
package io.mcpserver.importer;
