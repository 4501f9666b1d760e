package io.mcpserver.data.backup;

import io.mcpserver.config.SecretText;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import java.nio.file.Path;

/** Where the passphrase of a backup comes from, and what it must be like. */
public final class BackupPassphrase {

    /** Characters that one has at least. */
    static final int SHORTEST = 12;

    private BackupPassphrase() {}

    /** The one that the configuration says, with {@code ${env.NAME}} and {@code ${file:PATH}} replaced. */
    public static char[] configured(String written) {
        try {
            return checked(SecretText.resolve(written, Path.of("")));
        } catch (SecretText.Missing e) {
            throw new StoreException(
                    ErrorCode.UNAVAILABLE,
                    "The passphrase of backup.passphrase cannot be read: " + e.getMessage() + ".",
                    e);
        }
    }

    /** The one in a file, without the line end at its end. */
    public static char[] inFile(String file) {
        try {
            return checked(SecretText.read("file:" + file, Path.of("")));
        } catch (SecretText.Missing e) {
            throw new StoreException(
                    ErrorCode.UNAVAILABLE,
                    "The passphrase cannot be read from " + file
                            + ": there is no such file, or it is not ours to read.",
                    e);
        }
    }

    private static char[] checked(String passphrase) {
        if (passphrase.length() < SHORTEST) {
            throw new StoreException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The passphrase has less than " + SHORTEST + " characters: take a longer one.");
        }
        return passphrase.toCharArray();
    }
}
