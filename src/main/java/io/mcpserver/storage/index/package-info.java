/**
 * The search side for engines that have none: an index that is derived from the record, says how far it has read, catches
 * up by itself and can be thrown away at any time. Plain Java; imports the SPI of storage, indexes and embedding.
 */
package io.mcpserver.storage.index;
