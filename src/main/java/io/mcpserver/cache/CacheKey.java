package io.mcpserver.cache;

import java.util.Set;

/**
 * What a value is kept under.
 *
 * @param digest hexadecimal SHA-256 of everything the value depends on, but the collections' contents
 * @param collections whose change makes the value void
 */
public record CacheKey(String digest, Set<String> collections) {

    public CacheKey {
        collections = Set.copyOf(collections);
    }
}
