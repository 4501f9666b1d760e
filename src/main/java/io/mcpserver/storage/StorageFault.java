package io.mcpserver.storage;

import io.mcpserver.error.ErrorCode;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;

/** Turns what a file system or an engine's driver says into the words of this SPI. */
public final class StorageFault {

    private static final String LANCE = "LanceError(";

    private StorageFault() {}

    /**
     * A store exception with the code that fits the cause.
     *
     * @param what the beginning of the sentence, without an end
     */
    public static StoreException of(String what, Exception cause) {
        ErrorCode code = code(cause);
        return new StoreException(code, what + ": " + advice(code, cause), cause);
    }

    /** {@code DISK_FULL}, {@code STORE_READ_ONLY}, or {@code STORE_UNAVAILABLE} for all the rest. */
    public static ErrorCode code(Exception cause) {
        String said = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (said.contains("no space left") || said.contains("quota exceeded") || said.contains("not enough space")) {
            return ErrorCode.DISK_FULL;
        }
        boolean refused = cause instanceof AccessDeniedException
                || cause instanceof ReadOnlyFileSystemException
                || cause instanceof FileAlreadyExistsException
                || cause instanceof NotDirectoryException;
        return refused
                        || said.contains("read-only file system")
                        || said.contains("permission denied")
                        || said.contains("not a directory")
                ? ErrorCode.STORE_READ_ONLY
                : ErrorCode.STORE_UNAVAILABLE;
    }

    private static String advice(ErrorCode code, Exception cause) {
        return switch (code) {
            case DISK_FULL -> "no space is left on the device; free some, nothing was saved.";
            case STORE_READ_ONLY ->
                "it cannot be written (" + reason(cause) + "); make storage.path a directory that this user may write.";
            default -> reason(cause) + ".";
        };
    }

    private static String reason(Exception cause) {
        if (cause instanceof FileAlreadyExistsException) {
            return "a file is in its place";
        }
        if (cause instanceof NoSuchFileException gone) {
            return "there is no " + gone.getFile();
        }
        if (cause instanceof FileSystemException io && io.getReason() != null) {
            return io.getReason();
        }
        String said = String.valueOf(cause.getMessage()).strip();
        String line =
                withoutTrace(said.lines().findFirst().orElse(cause.getClass().getSimpleName()));
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    /** What Lance says, without the places in its code. */
    private static String withoutTrace(String line) {
        int at = line.lastIndexOf(LANCE);
        return at < 0
                ? line
                : line.substring(line.indexOf(": ", at) + 2)
                        .replaceFirst(" \\(os error [0-9]+\\).*|, /[^ ]*\\.rs:.*", "");
    }
}
