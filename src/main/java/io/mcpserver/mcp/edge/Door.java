package io.mcpserver.mcp.edge;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.ServerConfig.Security;
import io.mcpserver.mcp.call.Call;
import io.mcpserver.security.ApiKeys;
import io.mcpserver.security.Caller;
import io.mcpserver.tool.ToolCaller;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides for every request, whatever its path, whether it may come in: by {@code Host}, by {@code
 * Origin}, by key, and by whether the server is ending. The health probes are open to all, because
 * what probes has neither name nor key; a key is recognised there, too.
 */
final class Door implements Handler<RoutingContext> {

    /** Where a request keeps what it was judged by. */
    private static final String ADMITTED_BY = Rules.class.getName();

    private static final String HEALTH = "/q/health";

    /** What one request is judged by; all of one configuration. */
    private record Rules(Security security, AddressRules addresses, ApiKeys keys, Map<String, ToolCaller> holders) {

        static Rules of(ServerConfig config) {
            Map<String, ToolCaller> holders = new HashMap<>();
            config.security().apiKeys().forEach((name, key) -> holders.put(name, ToolCaller.holding(name, key)));
            return new Rules(
                    config.security(),
                    new AddressRules(config.transport()),
                    new ApiKeys(config.security().hashes()),
                    holders);
        }
    }

    private final Supplier<Rules> rules;
    private final OpenCalls calls;

    Door(LiveConfig config, OpenCalls calls) {
        this.calls = calls;
        this.rules = config.derived(Rules::of);
    }

    /** The name of the caller's key; an empty text where no key is needed. */
    static String callerOf(RoutingContext http) {
        Caller caller = http.get(Caller.KEY);
        return caller == null ? "" : caller.name();
    }

    /** Whether a request that was let in would be now, with the same rights. */
    boolean stillAdmits(RoutingContext http) {
        Rules then = http.get(ADMITTED_BY);
        return then != null
                && !RevokedKeys.isRevoked(
                        callerOf(http), then.security(), rules.get().security());
    }

    @Override
    public void handle(RoutingContext http) {
        if (isHealth(http.normalizedPath())) {
            recognise(http);
            http.next();
        } else if (mayEnter(http)) {
            http.next();
        }
    }

    /** Whoever has a key may be told more; whoever has none is let in all the same. */
    private void recognise(RoutingContext http) {
        rules.get()
                .keys()
                .authenticate(http.request().getHeader(HttpHeaders.AUTHORIZATION))
                .ifPresent(caller -> http.put(Caller.KEY, caller));
    }

    private boolean mayEnter(RoutingContext http) {
        if (calls.closed()) {
            Replies.refuseWhileEnding(http);
            return false;
        }
        Rules now = rules.get();
        HttpServerRequest request = http.request();
        if (!now.addresses().allowHost(host(request))) {
            Replies.refuse(
                    http,
                    403,
                    "The Host header names no host of this server. Loopback names are let in, others only if "
                            + "transport.allowed_hosts lists them.");
            return false;
        }
        List<String> origins = request.headers().getAll(HttpHeaders.ORIGIN);
        for (String origin : origins) {
            if (!now.addresses().allowOrigin(origin)) {
                Replies.refuse(
                        http,
                        403,
                        "The Origin is not allowed; transport.allowed_origins lists those that are "
                                + "let in besides localhost.");
                return false;
            }
        }
        if (!origins.isEmpty() && Cors.answer(http, origins.getFirst())) {
            return false;
        }
        http.put(ADMITTED_BY, now);
        return !now.keys().demanded() || knows(now, http);
    }

    private static boolean knows(Rules now, RoutingContext http) {
        Optional<Caller> caller = now.keys().authenticate(http.request().getHeader(HttpHeaders.AUTHORIZATION));
        if (caller.isEmpty()) {
            http.response().putHeader("WWW-Authenticate", "Bearer");
            Replies.refuse(http, 401, "A key is needed: send it as \"Authorization: Bearer KEY\".");
            return false;
        }
        http.put(Caller.KEY, caller.get());
        http.put(Call.CALLER, now.holders().get(caller.get().name()));
        return true;
    }

    private static String host(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
        if (hosts.size() > 1) {
            return null;
        }
        if (hosts.size() == 1) {
            return hosts.getFirst();
        }
        return request.authority() == null ? null : request.authority().toString();
    }

    private static boolean isHealth(String path) {
        return path.equals(HEALTH) || path.startsWith(HEALTH + "/");
    }
}
