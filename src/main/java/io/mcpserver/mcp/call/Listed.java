package io.mcpserver.mcp.call;

/**
 * An item of a list.
 *
 * @param key by which the list is in order, unique in it
 * @param json what stands for the item in the answer
 */
record Listed(String key, Object json) {}
