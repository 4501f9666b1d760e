/**
 * Puts another configuration in force while the server runs: reads, validates, plans, has others prepare, swaps; or does
 * nothing. Plain Java; what triggers a reload, logs and counts it is at the edge.
 */
package io.mcpserver.config.reload;
