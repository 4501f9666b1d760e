/** Tests of backups: what is written is read, and what is not exactly so is refused. */
package io.mcpserver.data.backup;
