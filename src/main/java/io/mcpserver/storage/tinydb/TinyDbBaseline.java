package io.mcpserver.storage.tinydb;

import io.mcpserver.storage.journal.DocumentKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * What the file held when this program last wrote or merged it: what is different now was done by somebody else.
 *
 * @param digest of the file's bytes; {@link #NO_FILE} where there was none
 * @param rows its documents
 */
record TinyDbBaseline(String digest, Map<DocumentKey, Row> rows) {

    static final String NO_FILE = "none";

    static final TinyDbBaseline NOTHING = new TinyDbBaseline(NO_FILE, Map.of());

    /**
     * A document in the file.
     *
     * @param number TinyDB's id of it
     * @param version that the store gave to this content
     * @param checksum of the content
     */
    record Row(long number, long version, String checksum) {}

    static String digest(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String digest(String text) {
        return digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
