/**
 * Backups: a gzipped tar of lines in parts, with a manifest of counts and checksums behind them; encrypted on request.
 * Read as strictly as written: what is not exactly so is refused.
 */
package io.mcpserver.data.backup;
