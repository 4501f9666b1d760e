package io.mcpserver.storage.journal;

import java.util.List;

/**
 * One write as the journal keeps it: all of its entries are there, or none.
 *
 * @param number counts the records of a journal, beginning with 1; none is left out or used twice
 * @param bytes of the record in the journal
 */
public record JournalRecord(long number, List<JournalEntry> entries, int bytes) {}
