package io.mcpserver.storage.index;

/**
 * How far the search index has read the record.
 *
 * @param read sequence of the newest change that searches see
 * @param written sequence of the newest change of the record
 * @param current whether searches see everything
 */
public record IndexState(long read, long written, boolean current) {}
