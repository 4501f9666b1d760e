package io.mcpserver.storage.lancedb.dataset;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Numbers in place of keys. */
public final class KeyHash {

    private KeyHash() {}

    /** 64 bits of a key, of which all are used. Whoever wants to can find two keys that have the same ones. */
    public static long of(String key) {
        CRC32C checksum = new CRC32C();
        checksum.update(key.getBytes(StandardCharsets.UTF_8));
        long spread = (checksum.getValue() << 32 | key.hashCode() & 0xFFFF_FFFFL) * 0x9E37_79B9_7F4A_7C15L;
        return spread ^ spread >>> 29;
    }
}
