package io.mcpserver.storage.index;

import java.util.Locale;

/** Reads from an exception whether a disk is full. */
final class DiskSpace {

    private DiskSpace() {}

    static boolean isFull(Throwable reason) {
        for (Throwable cause = reason; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (message.contains("no space left") || message.contains("not enough space")
                    || message.contains("quota exceeded")) {
                return true;
            }
        }
        return false;
    }

    static String describe(Throwable reason) {
        return isFull(reason) ? "no space is left on the disk" : String.valueOf(reason.getMessage());
    }
}
