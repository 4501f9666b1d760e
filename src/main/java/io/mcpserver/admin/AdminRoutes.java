package io.mcpserver.admin;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.ServerConfig.TransportType;
import io.mcpserver.mcp.edge.Replies;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What the server tells of itself, over HTTP: {@code GET /admin/status}, {@code /admin/memory}, {@code
 * /admin/latencies}, {@code /admin/reloads} and {@code /admin/tools}, each one JSON object, for keys with {@code admin:
 * true}.
 *
 * <p>Served only while there is such a key. Without one nobody is let in, not even from loopback: a proxy in front of the
 * server comes from there too, and local users have the attach mechanism.
 */
@Singleton
class AdminRoutes {

    private static final Logger LOG = Logger.getLogger(AdminRoutes.class);
    private static final int ORDER = -10_000;
    private static final int CLASSES = 20;

    private final LiveConfig config;
    private final RunningServerInsight insight;

    AdminRoutes(LiveConfig config, RunningServerInsight insight) {
        this.config = config;
        this.insight = insight;
    }

    void register(@Observes Router router) {
        if (config.now().transport().type() == TransportType.STDIO) {
            return;
        }
        serve(router, "/admin/status", insight::status);
        serve(router, "/admin/memory", () -> insight.memory(CLASSES, false));
        serve(router, "/admin/latencies", insight::latencies);
        serve(router, "/admin/reloads", insight::reloads);
        serve(router, "/admin/tools", insight::toolFiles);
        router.route("/admin/*").order(ORDER + 1).handler(http -> {
            if (allowed(http)) {
                Replies.refuse(
                        http,
                        404,
                        "There are GET /admin/status, /admin/memory, /admin/latencies, /admin/reloads and /admin/tools, and"
                                + " POST /admin/data/…, which commands of the program use.");
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
        return AdminKey.allows(http, config.now());
    }
}
