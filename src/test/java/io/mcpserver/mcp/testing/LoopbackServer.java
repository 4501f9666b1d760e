package io.mcpserver.mcp.testing;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.util.function.Consumer;

/** A server with the routes of a test, on a free port of loopback; closing ends it with its event loops. */
public final class LoopbackServer implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();

    /** What the server runs on. */
    public Vertx vertx() {
        return vertx;
    }

    /** Starts it; the address at which it listens. */
    public URI serve(Consumer<Router> routes) {
        Router router = Router.router(vertx);
        routes.accept(router);
        HttpServer http = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return URI.create("http://localhost:" + http.actualPort());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
