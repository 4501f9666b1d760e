package io.mcpserver.importer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The ids of parts that bring none: the same for the same file and place in every import. */
final class PartIds {

    private static final int BYTES = 16;

    private PartIds() {}

    /** @param place counted from 1 among the parts of the file that bring no id */
    static String of(SourceFile file, int place) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((file.identity() + '\n' + place).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
