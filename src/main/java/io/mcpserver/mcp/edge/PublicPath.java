package io.mcpserver.mcp.edge;

import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;

/**
 * Under which path clients reach a path of this server: behind a trusted proxy, below the {@code X-Forwarded-Prefix} that
 * the proxy took off.
 */
final class PublicPath {

    /** Segments that need no escaping, so that the path can be written anywhere as it is. */
    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]{1,100}){1,20}");

    private PublicPath() {}

    /** @param path of this server, with a slash at its beginning */
    static String of(HttpServerRequest request, String path) {
        return prefix(request.uri(), request.path()) + path;
    }

    /**
     * What a request's URI has before its path, which only the prefix of a trusted proxy puts there; empty if it is not
     * plainly a prefix.
     */
    static String prefix(String uri, String path) {
        int query = uri.indexOf('?');
        String whole = query < 0 ? uri : uri.substring(0, query);
        if (!whole.endsWith(path)) {
            return "";
        }
        String prefix = whole.substring(0, whole.length() - path.length());
        return PREFIX.matcher(prefix).matches() ? prefix : "";
    }
}
