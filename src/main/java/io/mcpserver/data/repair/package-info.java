/** Looks through a store for what is damaged, mends what is derived, and saves what can be read. */
package io.mcpserver.data.repair;
