package io.mcpserver.admin;

import io.mcpserver.config.Loopback;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.security.Caller;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who may have the configuration read again: keys with {@code admin: true}. Where there is no key at all, whoever is on
 * the machine of a server that listens there only, and came without a proxy.
 */
final class ReloadPermission {

    private static final Set<String> FORWARDING = Set.of("forwarded", "via", "x-real-ip");
    private static final String FORWARDED = "x-forwarded-";

    private ReloadPermission() {}

    /** Why this request may not; empty if it may. */
    static Optional<String> refusal(RoutingContext http, ServerConfig config) {
        if (!config.security().apiKeys().isEmpty()) {
            Caller caller = http.get(Caller.KEY);
            return caller != null && config.security().admins().contains(caller.name())
                    ? Optional.empty()
                    : Optional.of("This key may not: it needs admin: true in security.api_keys.");
        }
        if (!Loopback.is(config.transport().host())) {
            return Optional.of(
                    "No key is configured, and the server listens beyond its own machine (transport.host), so "
                            + "nobody may reload over HTTP. Add a key with admin: true to security.api_keys, or send SIGHUP.");
        }
        if (!isDirect(http)) {
            return Optional.of("No key is configured, so only a request from the machine of the server may reload, and "
                    + "none that a proxy passed on. Add a key with admin: true to security.api_keys, or send SIGHUP.");
        }
        return Optional.empty();
    }

    private static boolean isDirect(RoutingContext http) {
        SocketAddress peer = http.request().connection().remoteAddress();
        return peer != null
                && peer.hostAddress() != null
                && Loopback.is(peer.hostAddress())
                && http.request().headers().names().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .noneMatch(name -> FORWARDING.contains(name) || name.startsWith(FORWARDED));
    }
}
