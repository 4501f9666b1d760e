package io.mcpserver.config.reload;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last ten reloads; those that were not to change anything are not among them. Threads: safe for any number. */
final class ReloadHistory {

    private static final int KEPT = 10;

    private final Deque<Reload> reloads = new ArrayDeque<>();

    synchronized void add(Reload reload) {
        if (reload.dryRun()) {
            return;
        }
        reloads.addFirst(reload);
        if (reloads.size() > KEPT) {
            reloads.removeLast();
        }
    }

    /** The newest first. */
    synchronized List<Reload> all() {
        return List.copyOf(reloads);
    }
}
