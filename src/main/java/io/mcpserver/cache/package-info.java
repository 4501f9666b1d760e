/**
 * Results that are kept for a while: what a back end promises, and how one is found. Plain Java; imports {@code config}
 * only.
 */
package io.mcpserver.cache;
