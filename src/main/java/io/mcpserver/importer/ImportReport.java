package io.mcpserver.importer;

import java.util.List;

/**
 * What an import did.
 *
 * @param imported files of which something was saved or deleted
 * @param unchanged files that are in the collection as they are
 * @param otherKinds files passed over because they are of no known kind
 * @param saved documents
 * @param deleted documents whose part vanished from its file
 * @param failures files that were not imported, in order
 * @param stopped whether it was stopped before its end
 */
public record ImportReport(
        int imported,
        int unchanged,
        int otherKinds,
        long saved,
        long deleted,
        List<Failure> failures,
        boolean stopped) {

    /** @param reason goes on from the path: "is not UTF-8 …" */
    public record Failure(String path, String reason) {}
}
