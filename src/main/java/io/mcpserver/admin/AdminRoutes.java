package io.mcpserver.admin;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.ServerConfig.TransportType;
import io.mcpserver.mcp.edge.Replies;
import io.mcpserver.security.Caller;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What the server tells of itself, over HTTP: {@code GET /admin/status}, {@code /admin/memory} and {@code
 * /admin/latencies}, each one JSON object, for keys with {@code admin: true}.
 *
 * <p>Served only where there is such a key. Without one nobody is let in, not even from loopback: a proxy in front of the
 * server comes from there too, and local users have the attach mechanism.
 */
@Singleton
class AdminRoutes {

    private static final Logger LOG = Logger.getLogger(AdminRoutes.class);
    private static final int ORDER = -10_000;
    private static final int CLASSES = 20;

    private final ServerConfig config;
    private final RunningServerInsight insight;
    private final Set<String> admins;

    AdminRoutes(ServerConfig config, RunningServerInsight insight) {
        this.config = config;
        this.admins = config.security().admins();
        this.insight = insight;
    }

    void register(@Observes Router router) {
        if (config.transport().type() == TransportType.STDIO || admins.isEmpty()) {
            return;
        }
        serve(router, "/admin/status", insight::status);
        serve(router, "/admin/memory", () -> insight.memory(CLASSES, false));
        serve(router, "/admin/latencies", insight::latencies);
        router.route("/admin/*").order(ORDER + 1).handler(http -> {
            if (allowed(http)) {
                Replies.refuse(http, 404, "There are GET /admin/status, /admin/memory and /admin/latencies.");
            }
        });
    }

    private void serve(Router router, String path, Supplier<String> answer) {
        router.get(path).order(ORDER).handler(http -> {
            if (allowed(http)) {
                http.vertx()
                        .executeBlocking(() -> new JsonObject(answer.get()), false)
                        .onSuccess(json -> {
                            http.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
                            Replies.json(http, 200, json);
                        })
                        .onFailure(failure -> {
                            LOG.errorf(failure, "%s could not be answered", path);
                            Replies.refuse(http, 500, "Internal error");
                        });
            }
        });
    }

    private boolean allowed(RoutingContext http) {
        Caller caller = http.get(Caller.KEY);
        boolean admin = caller != null && admins.contains(caller.name());
        if (!admin) {
            Replies.refuse(http, 403, "This key may not: it needs admin: true in security.api_keys.");
        }
        return admin;
    }
}
