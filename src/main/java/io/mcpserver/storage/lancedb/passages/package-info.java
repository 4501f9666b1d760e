/**
 * The search index in Lance: passages with their terms and vectors in a dataset beside that of the documents, found by
 * its full-text index and by its index of vectors. Imports the SPI of indexes and Lance.
 */
package io.mcpserver.storage.lancedb.passages;
