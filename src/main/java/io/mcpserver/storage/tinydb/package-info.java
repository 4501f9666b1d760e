/**
 * The TinyDB engine: all documents in memory and in one JSON file in the format of Python's TinyDB, with the journal in
 * front. Imports the storage SPI, {@code storage.journal}, {@code config}, {@code error} and Jackson; nobody imports this
 * package, it is found as a service.
 */
package io.mcpserver.storage.tinydb;
