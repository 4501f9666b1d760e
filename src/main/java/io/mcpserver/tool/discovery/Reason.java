package io.mcpserver.tool.discovery;

import java.util.Locale;

/** Why a file is quarantined, in a word that everybody may read. */
public enum Reason {
    /** It cannot be read at all, or must not be. */
    UNREADABLE,
    /** Something in it is wrong. */
    FAULT,
    /** A test in it failed, or could not be run yet. */
    TEST,
    /** It has a name that is not free. */
    NAME;

    /** As JSON calls it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
