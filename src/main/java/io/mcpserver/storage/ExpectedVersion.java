package io.mcpserver.storage;

import io.mcpserver.error.ErrorCode;

/** Holds the version that a caller of a save expects against the one that is there. */
public final class ExpectedVersion {

    private ExpectedVersion() {}

    /**
     * Does nothing where no version is expected.
     *
     * @param version that is current; 0 where the document does not exist
     * @throws StoreException {@code CONFLICT}
     */
    public static void check(String collection, DocumentToSave document, long version) {
        long expected = document.expectedVersion().orElse(version);
        if (version != expected) {
            String found = version == 0 ? "does not exist" : "is at version " + version;
            String wanted = expected == 0 ? "it was expected not to exist" : "version " + expected + " was expected";
            throw new StoreException(
                    ErrorCode.CONFLICT,
                    "The document '" + document.id() + "' in '" + collection + "' " + found + ", but " + wanted
                            + ": load it again, then save with its version. Nothing of this call was saved.");
        }
    }
}
