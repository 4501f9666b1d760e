package io.mcpserver.mcp.edge;

import io.mcpserver.config.ServerConfig;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.inject.Singleton;

/** Reads bodies into memory, up to {@code transport.max_body_size}. */
@Singleton
public class Bodies {

    private final long limit;
    private final BodyHandler reader;

    Bodies(ServerConfig config) {
        limit = config.transport().maxBodySize();
        reader = BodyHandler.create(false).setBodyLimit(limit);
    }

    /** Has the route read the body before its next handler runs; longer ones are refused. */
    public void register(Route route) {
        route.handler(this::read).failureHandler(this::failed);
    }

    private void read(RoutingContext http) {
        if (announced(http) > limit) {
            refuse(http);
        } else {
            http.request().resume();
            reader.handle(http);
        }
    }

    private void failed(RoutingContext http) {
        if (http.statusCode() == 413 && !http.response().ended()) {
            refuse(http);
        } else {
            http.next();
        }
    }

    private void refuse(RoutingContext http) {
        Replies.refuse(http, 413, "The body is longer than transport.max_body_size, " + limit + " bytes.");
    }

    private static long announced(RoutingContext http) {
        String length = http.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
