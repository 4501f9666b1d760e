package io.mcpserver.storage;

/**
 * What is known about one collection.
 *
 * @param bytes size of the documents' JSON in UTF-8
 */
public record CollectionInfo(String name, long documents, long bytes, CollectionSettings settings) {}
