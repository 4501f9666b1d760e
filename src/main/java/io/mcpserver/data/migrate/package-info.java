/** Moves a store into another engine, or writes it anew in its own. */
package io.mcpserver.data.migrate;
