/**
 * The LanceDB engine: documents as rows of one Lance dataset, with a journal in front. Readers read one version of the
 * dataset each, and before it what only the journal has. Imports the storage SPI, {@code storage.journal}, {@code
 * config}, {@code error}, Lance and Arrow; nobody imports this package, it is found as a service.
 */
package io.mcpserver.storage.lancedb;
