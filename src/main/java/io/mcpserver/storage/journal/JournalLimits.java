package io.mcpserver.storage.journal;

/**
 * How much a journal may hold, in bytes.
 *
 * @param segment after which a new file is begun; a single group of writes may make one larger
 * @param backlog of records that are not applied yet, beyond which writes wait
 * @param batch of records that are applied at once; a single record may be larger
 */
public record JournalLimits(long segment, long backlog, long batch) {

    public static final JournalLimits DEFAULT = new JournalLimits(8L << 20, 32L << 20, 4L << 20);
}
