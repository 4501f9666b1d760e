package io.mcpserver.security;

/**
 * Who calls: the name under which the key of the caller is configured.
 *
 * <p>On HTTP the caller of a request is kept in the routing context under {@link #KEY}; it is absent
 * where no key is configured, and on stdio.
 */
public record Caller(String name) {

    public static final String KEY = Caller.class.getName();
}
