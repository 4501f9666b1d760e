package io.mcpserver.tool.api;

import java.util.Map;

/**
 * Who calls a tool.
 *
 * @param name of the key; an empty text where no key is needed, as over stdio
 * @param namespace whose data the caller works on
 * @param claims what else the operator says of the caller
 */
public record Caller(String name, String namespace, Map<String, String> claims) {

    public Caller {
        claims = Map.copyOf(claims);
    }
}
