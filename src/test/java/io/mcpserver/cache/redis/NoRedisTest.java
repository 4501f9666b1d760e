package io.mcpserver.cache.redis;

import static io.mcpserver.cache.CacheFixture.key;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.cache.CacheFixture;
import io.mcpserver.cache.CacheUnavailableException;
import io.mcpserver.cache.ResultCache;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What listens where a Redis should be, and is none. */
@Timeout(60)
class NoRedisTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "+OK\r\n$2147483647\r\n",
                "+OK\r\n$99999999999999999999\r\n",
                "+OK\r\n$-5\r\n",
                "+OK\r\n*2147483647\r\n",
                "+OK\r\n*1\r\n*1\r\n*1\r\n",
                "+OK\r\n:one\r\n",
                "+OK\r\n$5\r\nab",
                "+OK\rx",
                "+\u0000\u001b[31m\r\n!\r\n",
                "-ERR no\u0007\r\n",
                ""
            })
    void whoAnswersNonsenseIsDoneWithout(String nonsense) throws Exception {
        try (ServerSocket listener = answering(nonsense.getBytes(StandardCharsets.ISO_8859_1));
                ResultCache cache = open("redis://127.0.0.1:" + listener.getLocalPort())) {
            assertThatThrownBy(() -> cache.find(key("a")))
                    .isInstanceOf(CacheUnavailableException.class)
                    .hasMessageMatching("The Redis of cache\\.redis_url cannot be used: [ -~]+\\.");
            cache.changed(List.of("notes"));
        }
    }

    @Test
    void aLineWithoutEndIsNotReadToItsEnd() throws Exception {
        try (ServerSocket listener = answering("+".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII));
                ResultCache cache = open("redis://127.0.0.1:" + listener.getLocalPort())) {
            assertThatThrownBy(() -> cache.find(key("a"))).isInstanceOf(CacheUnavailableException.class);
        }
    }

    @Test
    void whereNobodyListensOrNothingIsNamedItIsSaid() {
        try (ResultCache nobody = open("redis://127.0.0.1:1");
                ResultCache nowhere = open("redis://redis.invalid");
                ResultCache secret = open("redis://:${env.MCP_TEST_NO_SUCH_VARIABLE}@127.0.0.1")) {
            assertThatThrownBy(() -> nobody.find(key("a"))).hasMessageContaining("refused");
            assertThatThrownBy(() -> nowhere.find(key("a"))).isInstanceOf(CacheUnavailableException.class);
            assertThatThrownBy(() -> secret.find(key("a")))
                    .hasMessageContaining("MCP_TEST_NO_SUCH_VARIABLE is not set");
        }
    }

    private static ResultCache open(String url) {
        return new RedisResultCacheFactory().open(CacheFixture.settings(1, url, "server", "secret"));
    }

    /** Says the same to everybody who connects, and then closes. */
    private static ServerSocket answering(byte[] nonsense) throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(() -> {
            while (!listener.isClosed()) {
                try (Socket client = listener.accept()) {
                    int ignored = client.getInputStream().read();
                    client.getOutputStream().write(nonsense);
                    client.getOutputStream().flush();
                } catch (IOException gone) {
                    // The next one hears it too.
                }
            }
        });
        return listener;
    }
}
