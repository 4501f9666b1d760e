package io.mcpserver.storage.journal;

/** Names one document of a store. */
public record DocumentKey(String collection, String id) {}
