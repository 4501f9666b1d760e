/** The index that every engine can have: Lucene's, in files of its own. Imports the SPI of indexes and Lucene. */
package io.mcpserver.storage.index.lucene;
