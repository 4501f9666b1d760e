package io.mcpserver.tool.declarative.http.client;

import java.util.Optional;

/**
 * What a server answered.
 *
 * @param from who answered, after all redirects
 * @param body unpacked, at most as long as was allowed
 * @param whole whether {@code body} is all of it
 */
public record Answer(
        Origin from,
        int status,
        Optional<String> contentType,
        Optional<String> location,
        Optional<String> retryAfter,
        byte[] body,
        boolean whole) {}
