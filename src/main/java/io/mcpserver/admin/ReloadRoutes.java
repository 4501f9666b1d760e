package io.mcpserver.admin;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.ServerConfig.TransportType;
import io.mcpserver.config.reload.Reload;
import io.mcpserver.config.reload.ReloadOutcome;
import io.mcpserver.config.reload.ReloadTrigger;
import io.mcpserver.config.reload.Reloader;
import io.mcpserver.mcp.edge.Bodies;
import io.mcpserver.mcp.edge.Replies;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * {@code POST /reload-config} reads the configuration again; with {@code ?dry_run=true} it only says what that would do.
 * Answered with 200, or 422 and everything that is wrong.
 */
@Singleton
class ReloadRoutes {

    private static final Logger LOG = Logger.getLogger(ReloadRoutes.class);
    private static final String PATH = "/reload-config";
    private static final String DRY_RUN = "dry_run";
    private static final int ORDER = -10_000;
    private static final int MOST_WAITING = 8;

    private final LiveConfig config;
    private final Instance<Reloader> reloader;
    private final Bodies bodies;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    ReloadRoutes(LiveConfig config, Instance<Reloader> reloader, Bodies bodies) {
        this.config = config;
        this.reloader = reloader;
        this.bodies = bodies;
    }

    void register(@Observes Router router) {
        if (config.now().transport().type() == TransportType.STDIO) {
            return;
        }
        router.post(PATH).order(ORDER).handler(this::head);
        bodies.register(router.post(PATH).order(ORDER + 1));
        router.post(PATH).order(ORDER + 2).handler(this::reload);
        router.route(PATH).order(ORDER + 3).handler(http -> {
            http.response().putHeader(HttpHeaders.ALLOW, "POST");
            Replies.refuse(http, 405, "This path takes POST.");
        });
    }

    private void head(RoutingContext http) {
        ReloadPermission.refusal(http, config.now())
                .ifPresentOrElse(reason -> Replies.refuse(http, 403, reason), () -> {
                    if (dryRun(http).stream().allMatch(value -> value.equals("true") || value.equals("false"))) {
                        http.next();
                    } else {
                        Replies.refuse(http, 400, "dry_run must be true or false.");
                    }
                });
    }

    private void reload(RoutingContext http) {
        if (!waiting.tryAcquire()) {
            Replies.refuse(http, 503, "Several reloads are waiting for each other; try again in a moment.");
            return;
        }
        boolean dryRun = dryRun(http).contains("true");
        http.vertx()
                .executeBlocking(() -> run(dryRun), false)
                .onComplete(ended -> waiting.release())
                .onSuccess(done -> {
                    http.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
                    int status = done.outcome() == ReloadOutcome.REFUSED ? 422 : 200;
                    Replies.json(http, status, new JsonObject(done.toJson().toString()));
                })
                .onFailure(failure -> {
                    LOG.errorf(failure, "%s could not be answered", PATH);
                    Replies.refuse(http, 500, "Internal error");
                });
    }

    private Reload run(boolean dryRun) {
        return dryRun
                ? reloader.get().dryRun(ReloadTrigger.HTTP)
                : reloader.get().reload(ReloadTrigger.HTTP);
    }

    private static List<String> dryRun(RoutingContext http) {
        return http.queryParam(DRY_RUN);
    }
}
