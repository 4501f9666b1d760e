package io.mcpserver.cache;

import java.util.Optional;

/**
 * What a look-up found.
 *
 * @param value as it was kept, not to be changed; empty where there is none
 * @param state of the key's collections at the look-up: another after each change of one
 */
public record Lookup(Optional<byte[]> value, String state) {}
