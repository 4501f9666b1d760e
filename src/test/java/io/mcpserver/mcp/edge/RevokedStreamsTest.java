package io.mcpserver.mcp.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.ConfigLoader;
import io.mcpserver.config.ConfigRequest;
import io.mcpserver.config.ConfigSchema;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.mcp.testing.RawHttp;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of a caller without a key, while keys come to be needed. */
class RevokedStreamsTest {

    private static final String KEY = "a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e";

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private Runnable whileComingIn = () -> {};
    private LiveConfig live;
    private OpenStreams streams;
    private URI server;

    @BeforeEach
    void aServerThatNeedsNoKeyYet() throws IOException {
        live = new LiveConfig(config(""));
        streams = new OpenStreams(vertx, Duration.ofMinutes(5));
        Door door = new Door(live, new OpenCalls(() -> Duration.ofMinutes(5), vertx));
        streams.onlyFor(door::stillAdmits);
        live.onChange((before, after) -> streams.endRefused());
        Router router = Router.router(vertx);
        router.route().handler(door);
        router.get("/stream").handler(http -> {
            whileComingIn.run();
            http.response().setChunked(true).write(": listening\n\n");
            streams.add(http);
        });
        HttpServer http = vertx.createHttpServer()
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
    void aStreamThatIsOpenEndsWithTheRightToIt() throws Exception {
        try (Socket listener = RawHttp.get(server, "/stream").open()) {
            Awaitility.await().until(() -> streams.count() == 1);
            live.replace(config(""));
            assertThat(streams.count()).isEqualTo(1);

            live.replace(needingAKey());

            assertThat(allThatIsSaidTo(listener)).endsWith("0\r\n\r\n");
        }
    }

    @Test
    void aStreamWhoseRightEndsWhileItComesInEndsToo() throws Exception {
        ServerConfig next = needingAKey();
        whileComingIn = () -> live.replace(next);

        try (Socket listener = RawHttp.get(server, "/stream").open()) {
            listener.setSoTimeout(20_000);
            assertThat(allThatIsSaidTo(listener)).contains(": listening").endsWith("0\r\n\r\n");
        }
    }

    private static String allThatIsSaidTo(Socket listener) throws IOException {
        return new String(listener.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private ServerConfig needingAKey() throws IOException {
        return config("security: {api_keys: [{name: a, sha256: " + KEY + "}]}");
    }

    private ServerConfig config(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), yaml);
        return new ConfigLoader(ConfigSchema.load())
                .load(new ConfigRequest(Optional.of(file.toString()), List.of(), Map.of(), folder, folder))
                .valid()
                .orElseThrow();
    }
}
