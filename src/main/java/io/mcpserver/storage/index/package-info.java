/**
 * The search side for engines that have none: a Lucene index that is derived from the record, says
 * how far it has read, catches up by itself and can be thrown away at any time. Plain Java; imports
 * the storage and embedding SPI and Lucene.
 */
package io.mcpserver.storage.index;
