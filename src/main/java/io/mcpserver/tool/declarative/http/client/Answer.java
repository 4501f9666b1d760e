package io.mcpserver.tool.declarative.http.client;

import java.util.Optional;

/**
 * What a server answered.
 *
 * @param server that answered, after all redirects, as people are told of it
 * @param body unpacked, at most as long as was allowed
 * @param whole whether {@code body} is all of it
 */
public record Answer(
        String server,
        int status,
        Optional<String> contentType,
        Optional<String> location,
        Optional<String> retryAfter,
        byte[] body,
        boolean whole) {

    /** The same of a server that has another name for people. */
    public Answer of(String name) {
        return new Answer(name, status, contentType, location, retryAfter, body, whole);
    }
}
