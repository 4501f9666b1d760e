package io.mcpserver.storage.thread;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.FreeSpace;
import io.mcpserver.storage.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Refuses writes for which the disk has no room, before anything of them is written. */
public final class Room {

    private Room() {}

    /**
     * The tickets for which there is room, one after the other; the others fail with {@code DISK_FULL}.
     *
     * @param directory {@code storage.path}
     * @param reserve bytes to be kept free; what frees room may use them
     */
    public static <K extends WriteTicket<?>> List<K> allowed(List<K> group, Path directory, long reserve) {
        long free = FreeSpace.in(directory);
        long needed = reserve;
        List<K> allowed = new ArrayList<>(group.size());
        for (K ticket : group) {
            long bytes = ticket.queued().bytes();
            if (bytes > 0 && free < needed + 2 * bytes) {
                ticket.fail(new StoreException(
                        ErrorCode.DISK_FULL,
                        "No space is left for documents in " + directory
                                + ": free some, or delete documents; nothing was saved."));
            } else {
                needed += 2 * bytes;
                allowed.add(ticket);
            }
        }
        return allowed;
    }
}
