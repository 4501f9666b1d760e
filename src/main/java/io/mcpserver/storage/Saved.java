package io.mcpserver.storage;

/**
 * The acknowledgement of one saved document.
 *
 * @param created whether the id did not exist before
 */
public record Saved(String id, long version, boolean created) {}
