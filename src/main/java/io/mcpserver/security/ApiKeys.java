package io.mcpserver.security;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys that open the server, known by their SHA-256 only. How long a comparison takes says
 * nothing about any key.
 */
public final class ApiKeys {

    private record Key(Caller caller, byte[] hash) {}

    private static final String SCHEME = "Bearer ";

    private final List<Key> keys;

    /** @param hashes name of a key to the hexadecimal SHA-256 of it */
    public ApiKeys(Map<String, String> hashes) {
        keys = hashes.entrySet().stream()
                .map(entry -> new Key(new Caller(entry.getKey()), HexFormat.of().parseHex(entry.getValue())))
                .toList();
    }

    /** Whether a key is demanded at all. */
    public boolean demanded() {
        return !keys.isEmpty();
    }

    /**
     * Finds out who calls.
     *
     * @param authorization the value of the {@code Authorization} header, {@code null} where absent
     * @return empty unless it brings one of the keys
     */
    public Optional<Caller> authenticate(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        byte[] hash = Sha256.of(authorization.substring(SCHEME.length()).trim());
        Caller found = null;
        for (Key key : keys) {
            // Every key is compared, also after one fitted.
            if (MessageDigest.isEqual(key.hash(), hash)) {
                found = key.caller();
            }
        }
        return Optional.ofNullable(found);
    }
}
