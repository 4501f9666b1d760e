package io.mcpserver.mcp.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.TestConfigs;
import io.mcpserver.mcp.testing.LoopbackServer;
import io.mcpserver.mcp.testing.RawHttp;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams of a caller without a key, while keys come to be needed. */
class RevokedStreamsTest {

    private static final String KEY = "a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e";

    @AutoClose
    private final LoopbackServer loopback = new LoopbackServer();

    private Runnable whileComingIn = () -> {};
    private LiveConfig live;
    private OpenStreams streams;
    private URI server;

    @BeforeEach
    void aServerThatNeedsNoKeyYet() {
        live = new LiveConfig(TestConfigs.of());
        streams = new OpenStreams(loopback.vertx(), Duration.ofMinutes(5));
        Door door = new Door(live, new OpenCalls(() -> Duration.ofMinutes(5), loopback.vertx()));
        streams.onlyFor(door::stillAdmits);
        live.onChange((before, after) -> streams.endRefused());
        server = loopback.serve(router -> {
            router.route().handler(door);
            router.get("/stream").handler(http -> {
                whileComingIn.run();
                http.response().setChunked(true).write(": listening\n\n");
                streams.add(http);
            });
        });
    }

    @Test
    void aStreamThatIsOpenEndsWithTheRightToIt() throws Exception {
        try (Socket listener = RawHttp.get(server, "/stream").open()) {
            Awaitility.await().until(() -> streams.count() == 1);
            live.replace(TestConfigs.of());
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

    private static ServerConfig needingAKey() {
        return TestConfigs.of("security.api_keys=a:" + KEY);
    }
}
