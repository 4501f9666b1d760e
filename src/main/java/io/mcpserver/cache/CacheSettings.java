package io.mcpserver.cache;

import io.mcpserver.config.ServerConfig;
import java.util.function.Function;

/**
 * What a cache is opened with.
 *
 * @param server the name of the server; other servers may keep theirs in the same place
 * @param keys 32 secret bytes for each purpose, the same in all replicas and in no other server; may throw
 *     {@link RuntimeException} with a sentence
 */
public record CacheSettings(ServerConfig.Cache config, String server, Function<String, byte[]> keys) {}
