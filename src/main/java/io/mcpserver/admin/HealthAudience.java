package io.mcpserver.admin;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.Loopback;
import io.mcpserver.config.ServerConfig.TransportType;
import io.mcpserver.security.Caller;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Knows of a request for health whether it comes from the operator. The probes answer everybody, but why a file is
 * quarantined may tell how the server is made, so that is for those who may reload, too: {@link ReloadPermission}.
 */
@Singleton
class HealthAudience {

    private static final String OPERATOR = HealthAudience.class.getName();
    private static final int ORDER = -10_000;

    private final LiveConfig config;

    HealthAudience(LiveConfig config) {
        this.config = config;
    }

    void register(@Observes Router router) {
        if (config.now().transport().type() == TransportType.STDIO) {
            return;
        }
        router.route("/q/health/*").order(ORDER).handler(http -> {
            if (VertxContext.isOnDuplicatedContext() && isOperator(http)) {
                ContextLocals.put(OPERATOR, true);
            }
            http.next();
        });
    }

    private boolean isOperator(RoutingContext http) {
        return ReloadPermission.refusal(http, config.now()).isEmpty() && (hasKey(http) || isLocal(http.request()));
    }

    private static boolean hasKey(RoutingContext http) {
        return http.get(Caller.KEY) != null;
    }

    /** The door looks at neither for probes; without this any page in a browser of the machine could ask. */
    private static boolean isLocal(HttpServerRequest request) {
        HostAndPort host = request.authority();
        return host != null && Loopback.is(host.host()) && !request.headers().contains(HttpHeaders.ORIGIN);
    }

    /** Whether the request that is answered on this thread comes from the operator. */
    static boolean isOperator() {
        return VertxContext.isOnDuplicatedContext()
                && ContextLocals.get(OPERATOR).isPresent();
    }
}
