package io.mcpserver.mcp.edge;

import io.mcpserver.config.Loopback;
import io.mcpserver.config.ServerConfig.Transport;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which {@code Host} and {@code Origin} headers are let in. Together they keep a web page that a user
 * visits from reaching this server through the user's browser.
 *
 * <p>Loopback names are let in on any port, and so is what {@code transport.allowed_hosts} and {@code
 * transport.allowed_origins} list, exactly; nothing else, whatever address the server is bound to. The
 * host {@code *} lets any host in; origins are checked all the same.
 */
final class AddressRules {

    private static final String ANY = "*";

    private final Set<String> origins;
    private final Set<String> hosts;
    private final boolean anyHost;

    AddressRules(Transport transport) {
        origins = lowerCase(transport.allowedOrigins());
        hosts = lowerCase(transport.allowedHosts());
        anyHost = hosts.contains(ANY);
    }

    /** @param host name or address with an optional port; {@code null} where absent */
    boolean allowHost(String host) {
        if (anyHost) {
            return true;
        }
        if (host == null || host.isEmpty()) {
            return false;
        }
        String lower = host.toLowerCase(Locale.ROOT);
        String name = withoutPort(lower);
        return hosts.contains(lower) || hosts.contains(name) || isLoopback(name);
    }

    /** @param origin as a browser sends it; {@code null} where absent, which no browser leaves it */
    boolean allowOrigin(String origin) {
        if (origin == null) {
            return true;
        }
        String lower = origin.toLowerCase(Locale.ROOT);
        return origins.contains(lower) || isLoopbackOrigin(lower);
    }

    private static boolean isLoopbackOrigin(String origin) {
        try {
            URI uri = new URI(origin);
            boolean bare = uri.getUserInfo() == null
                    && (uri.getRawPath() == null || uri.getRawPath().isEmpty())
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            return bare
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && Loopback.is(uri.getHost());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** In a URL, and so in this header, an IPv6 address stands in brackets. */
    private static boolean isLoopback(String name) {
        return (name.startsWith("[") || name.indexOf(':') < 0) && Loopback.is(name);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        boolean port = colon > host.lastIndexOf(']')
                && colon == host.indexOf(':', Math.max(0, host.lastIndexOf(']')))
                && host.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9');
        return port ? host.substring(0, colon) : host;
    }

    private static Set<String> lowerCase(List<String> values) {
        return values.stream().map(value -> value.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }
}
