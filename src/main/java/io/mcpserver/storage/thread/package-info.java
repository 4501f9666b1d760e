/**
 * The threads of an engine: one that writes what has queued up as one group, a few that read. What a caller hears who gives
 * up while it waits is decided here, for all engines alike. Plain Java; imports the storage SPI and {@code error}.
 */
package io.mcpserver.storage.thread;
