/**
 * The DuckDB engine: one file, one process, SQL. One writer thread commits for all callers; readers
 * have their own connections. Imports the storage SPI, {@code config}, {@code error} and DuckDB's
 * driver; nobody imports this package, it is found as a service.
 */
package io.mcpserver.storage.duckdb;
