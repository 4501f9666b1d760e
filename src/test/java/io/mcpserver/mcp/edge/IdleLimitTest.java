package io.mcpserver.mcp.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.RawHttp;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that closes connections on which nothing happens for a second, and takes three for each answer. */
class IdleLimitTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicBoolean extended = new AtomicBoolean();
    private URI server;

    @BeforeEach
    void start() {
        Router router = Router.router(vertx);
        router.route().handler(http -> {
            if (extended.get()) {
                IdleLimit.atLeast(Duration.ofSeconds(30), http);
            }
            vertx.setTimer(3_000, timer -> http.response().end("done"));
        });
        HttpServer http = vertx.createHttpServer(
                        new HttpServerOptions().setIdleTimeout(1).setIdleTimeoutUnit(TimeUnit.SECONDS))
                .requestHandler(router)
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        server = URI.create("http://localhost:" + http.actualPort());
    }

    @AfterEach
    void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aCallThatMayTakeLongerThanItsConnectionMayBeIdleIsAnswered() {
        extended.set(true);
        assertThat(RawHttp.get(server, "/").send().body()).isEqualTo("done");
    }

    @Test
    void anyOtherConnectionIsClosedAsBefore() throws IOException {
        try (Socket socket = RawHttp.get(server, "/").open()) {
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
    }
}
