/**
 * A write-ahead journal for engines that are slow or not durable by themselves, and the way of a write through it:
 * decided, journaled, flushed, visible, acknowledged; applied to the engine behind, in batches. Engines implement {@link
 * io.mcpserver.storage.journal.JournaledEngine} and hand their writes to {@link
 * io.mcpserver.storage.journal.JournaledWrites}. Imports the storage SPI, {@code storage.thread} and {@code error}.
 */
package io.mcpserver.storage.journal;
