package io.mcpserver.admin;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.ServerConfig.TransportType;
import io.mcpserver.data.DataLine.Operation;
import io.mcpserver.data.desk.DataDesk;
import io.mcpserver.error.CodedException;
import io.mcpserver.mcp.edge.Bodies;
import io.mcpserver.mcp.edge.Replies;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * What an operator does with the data, over HTTP: {@code POST /admin/data/OPERATION}, for keys with {@code admin: true}.
 * Answered with 200, or 422 and why it could not be done.
 */
@Singleton
class DataRoutes {

    private static final Logger LOG = Logger.getLogger(DataRoutes.class);
    private static final String FOLDER = "/admin/data/";
    private static final int ORDER = -10_010;

    private final LiveConfig config;
    private final Instance<DataDesk> desk;
    private final Bodies bodies;

    DataRoutes(LiveConfig config, Instance<DataDesk> desk, Bodies bodies) {
        this.config = config;
        this.desk = desk;
        this.bodies = bodies;
    }

    void register(@Observes Router router) {
        if (config.now().transport().type() == TransportType.STDIO) {
            return;
        }
        for (Operation operation : Operation.values()) {
            String path = FOLDER + operation.name().toLowerCase(Locale.ROOT);
            router.post(path).order(ORDER).handler(http -> {
                if (AdminKey.allows(http, config.now())) {
                    http.next();
                }
            });
            bodies.register(router.post(path).order(ORDER + 1));
            router.post(path).order(ORDER + 2).handler(http -> answer(http, operation));
        }
    }

    private void answer(RoutingContext http, Operation operation) {
        // The routes above are passed by where there is no key at all.
        if (!AdminKey.allows(http, config.now())) {
            return;
        }
        String body = http.body().asString() == null ? "" : http.body().asString();
        http.vertx()
                .executeBlocking(() -> desk.get().answer(operation, body), false)
                .onSuccess(text -> http.response()
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(text))
                .onFailure(failure -> fail(http, failure));
    }

    private static void fail(RoutingContext http, Throwable failure) {
        if (failure instanceof CodedException coded) {
            JsonObject error = new JsonObject()
                    .put("code", coded.code().name())
                    .put("message", coded.getMessage())
                    .put("retryable", coded.code().retryable());
            Replies.json(http, 422, new JsonObject().put("error", error));
        } else {
            LOG.errorf(failure, "%s could not be answered", http.normalizedPath());
            Replies.refuse(http, 500, "Internal error");
        }
    }
}
