package io.mcpserver.config.reload;

import java.util.Locale;

/** How a reload ended. */
public enum ReloadOutcome {
    /** Something took effect; the generation is a new one. */
    APPLIED,
    /** Nothing that can take effect now has changed. */
    UNCHANGED,
    /** Something is wrong, so nothing changed. */
    REFUSED,
    /** Nothing is wrong, and nothing was to change. */
    DRY_RUN;

    /** As answers and metrics name it, such as {@code dry_run}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
