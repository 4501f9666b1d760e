package io.mcpserver.cache.redis;

import static io.mcpserver.cache.CacheFixture.bytes;
import static io.mcpserver.cache.CacheFixture.key;
import static io.mcpserver.cache.CacheFixture.once;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcpserver.cache.CacheFixture;
import io.mcpserver.cache.CacheKey;
import io.mcpserver.cache.CacheUnavailableException;
import io.mcpserver.cache.ResultCache;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Redis adds: replicas, and everything that can be wrong with it. */
@Tag("system")
@Timeout(60)
class RedisResultCacheTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final CacheKey NOTES = key("all notes", "notes");
    private static final String WORD = "a text that nobody else may read";

    private RedisServer redis;
    private ResultCache cache;

    @BeforeEach
    void start() {
        redis = RedisServer.open();
        cache = open(redis.url(), "server", "secret");
    }

    @AfterEach
    void stop() {
        cache.close();
        redis.close();
    }

    @Test
    void whatOneReplicaKeepsAnotherFinds() throws Exception {
        keep(cache, NOTES, "one");
        try (ResultCache replica = open(redis.url(), "server", "secret")) {
            assertThat(find(replica, NOTES)).contains("one");
        }
    }

    @Test
    void aChangeInOneReplicaIsHeardInAnother() throws Exception {
        keep(cache, NOTES, "old");
        try (ResultCache replica = open(redis.url(), "server", "secret")) {
            assertThat(find(replica, NOTES)).contains("old");
            cache.changed(List.of("notes"));
            await().until(() -> find(replica, NOTES).isEmpty());
        }
    }

    @Test
    void serversWithAnotherNameOrAnotherSecretAreApart() throws Exception {
        keep(cache, NOTES, "one");
        try (ResultCache named = open(redis.url(), "other", "secret");
                ResultCache secret = open(redis.url(), "server", "other")) {
            assertThat(find(named, NOTES)).isEmpty();
            assertThat(find(secret, NOTES)).isEmpty();
            named.changed(List.of("notes"));
            secret.changed(List.of("notes"));
            find(named, NOTES);
            find(secret, NOTES);
        }
        assertThat(find(cache, NOTES)).contains("one");
    }

    @Test
    void databasesAreApart() throws Exception {
        keep(cache, NOTES, "one");
        try (ResultCache other = open(redis.url() + "/3", "server", "secret")) {
            assertThat(find(other, NOTES)).isEmpty();
            keep(other, NOTES, "two");
            assertThat(find(other, NOTES)).contains("two");
        }
        assertThat(find(cache, NOTES)).contains("one");
    }

    @Test
    void nothingCanBeReadThereAndEverythingEndsThere() throws Exception {
        keep(cache, NOTES, WORD);
        assertThat(redis.names()).hasSize(3).allSatisfy(name -> {
            assertThat(name).startsWith("mcp:server:").doesNotContain("notes", NOTES.digest());
            byte[] stored = ((Reply.Text) redis.command(Command.of("GET", name))).bytes();
            assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain(WORD);
            assertThat(((Reply.Number) redis.command(Command.of("PTTL", name))).value())
                    .isPositive();
        });
    }

    @Test
    void aRedisThatWasKilledIsMissedAndFoundAgain() throws Exception {
        keep(cache, NOTES, "one");
        redis.kill();
        assertThatThrownBy(() -> cache.find(NOTES)).isInstanceOf(CacheUnavailableException.class);
        redis.start();
        await().until(() -> find(cache, NOTES).isEmpty());
        keep(cache, NOTES, "two");
        assertThat(find(cache, NOTES)).contains("two");
    }

    /** Connections of calls that were under way are given back while new ones are made. */
    @Test
    void itIsFoundAgainWhileManyCallsAreUnderWay() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                callers.submit(() -> {
                    while (!over.get()) {
                        find(cache, NOTES);
                    }
                });
            }
            try {
                for (int i = 0; i < 5; i++) {
                    keep(cache, NOTES, "one");
                    redis.command(Command.of("CLIENT", "KILL", "ADDR", addressOfAClient()));
                }
                assertThat(find(cache, NOTES)).contains("one");
            } finally {
                over.set(true);
            }
        }
    }

    private String addressOfAClient() {
        String clients = new String(
                ((Reply.Text) redis.command(Command.of("CLIENT", "LIST", "TYPE", "normal"))).bytes(),
                StandardCharsets.UTF_8);
        return clients.replaceAll("(?s)^.*? addr=(\\S+).*$", "$1");
    }

    @Test
    void aChangeWhileRedisIsAwayIsToldWhenItIsBack() throws Exception {
        keep(cache, NOTES, "old");
        redis.signal("STOP");
        assertThatThrownBy(() -> cache.find(NOTES)).isInstanceOf(CacheUnavailableException.class);
        cache.changed(List.of("notes"));
        redis.signal("CONT");
        await().until(() -> find(cache, NOTES).isEmpty());
        try (ResultCache replica = open(redis.url(), "server", "secret")) {
            assertThat(find(replica, NOTES)).isEmpty();
        }
    }

    /** With the time limit of this test, a thousand waits of 100 ms would be too many. */
    @Test
    @Timeout(30)
    void nobodyWaitsForARedisThatIsKnownNotToAnswer() throws Exception {
        keep(cache, NOTES, "one");
        redis.signal("STOP");
        assertThatThrownBy(() -> cache.find(NOTES)).hasMessageContaining("does not answer within 100 ms");
        for (int i = 0; i < 1_000; i++) {
            assertThatThrownBy(() -> cache.find(NOTES)).isInstanceOf(CacheUnavailableException.class);
        }
        redis.signal("CONT");
        await().until(() -> find(cache, NOTES).equals(Optional.of("one")));
    }

    @Test
    void aRedisThatTakesNoMoreBytesHoldsNobody() throws Exception {
        byte[] large = new byte[ResultCache.MOST_VALUE_BYTES];
        String state = once(() -> cache.find(NOTES)).state();
        redis.signal("STOP");
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> cache.keep(NOTES, state, large, LONG))
                    .isInstanceOf(CacheUnavailableException.class);
        }
        redis.signal("CONT");
    }

    @Test
    void thePasswordOpensRedisAndAWrongOneIsNotRepeated() throws Exception {
        try (RedisServer guarded = RedisServer.demanding("pass/word@1");
                ResultCache right = open(url(guarded, ":pass%2Fword%401@"), "server", "secret");
                ResultCache named = open(url(guarded, "default:pass%2Fword%401@"), "server", "secret");
                ResultCache wrong = open(url(guarded, ":wrongword@"), "server", "secret");
                ResultCache none = open(guarded.url(), "server", "secret")) {
            keep(right, NOTES, "one");
            assertThat(find(named, NOTES)).contains("one");
            assertThatThrownBy(() -> wrong.find(NOTES))
                    .hasMessageContaining("WRONGPASS")
                    .hasMessageNotContaining("wrongword");
            assertThatThrownBy(() -> none.find(NOTES)).hasMessageContaining("NOAUTH");
        }
    }

    @Test
    void whatIsAlteredThereIsNotFoundAndReplaced() throws Exception {
        keep(cache, NOTES, "one");
        String name = redis.names().stream()
                .filter(one -> one.contains(":result:"))
                .findFirst()
                .orElseThrow();
        byte[] good = ((Reply.Text) redis.command(Command.of("GET", name))).bytes();
        byte[] flipped = good.clone();
        flipped[flipped.length - 1] ^= 1;
        List<byte[]> hostile = List.of(
                new byte[0],
                java.util.Arrays.copyOf(good, good.length - 1),
                flipped,
                bytes("{\"text\": \"other JSON\"}"),
                new byte[50_000_000]);
        for (byte[] value : hostile) {
            redis.command(Command.of("SET", name).with(value));
            assertThat(find(cache, NOTES)).isEmpty();
        }
        redis.command(Command.of("DEL", name));
        redis.command(Command.of("HSET", name, "a", "b"));
        assertThat(find(cache, NOTES)).isEmpty();
        keep(cache, NOTES, "two");
        assertThat(find(cache, NOTES)).contains("two");
    }

    @Test
    void aValueThatWasMovedToAnotherKeyIsNotFound() throws Exception {
        keep(cache, key("mine"), "mine");
        String mine = redis.names().getFirst();
        keep(cache, key("yours"), "yours");
        String yours = redis.names().stream()
                .filter(name -> !name.equals(mine))
                .findFirst()
                .orElseThrow();
        redis.command(Command.of("COPY", mine, yours, "REPLACE"));
        assertThat(find(cache, key("mine"))).contains("mine");
        assertThat(find(cache, key("yours"))).isEmpty();
    }

    @Test
    void aTokenThatIsGoneOrStrangeMakesVoidWhatWasMadeWithIt() throws Exception {
        keep(cache, NOTES, "one");
        tokens().forEach(token -> redis.command(Command.of("DEL", token)));
        assertThat(find(cache, NOTES)).isEmpty();
        keep(cache, NOTES, "two");
        tokens().forEach(token -> {
            redis.command(Command.of("DEL", token));
            redis.command(Command.of("RPUSH", token, "x"));
        });
        assertThat(find(cache, NOTES)).isEmpty();
        keep(cache, NOTES, "three");
        assertThat(find(cache, NOTES)).contains("three");
    }

    @Test
    void aRedisThatTakesNothingIsSaidToDoSo() throws Exception {
        String state = once(() -> cache.find(NOTES)).state();
        redis.command(Command.of("CONFIG", "SET", "maxmemory", "1"));
        assertThatThrownBy(() -> cache.keep(NOTES, state, bytes("one"), LONG)).hasMessageContaining("keeps nothing");
        redis.command(Command.of("CONFIG", "SET", "maxmemory", "0"));
        keep(cache, NOTES, "one");
        assertThat(find(cache, NOTES)).contains("one");
    }

    private List<String> tokens() {
        return redis.names().stream()
                .filter(name -> name.contains(":collection:"))
                .toList();
    }

    private static String url(RedisServer server, String user) {
        return "redis://" + user + "127.0.0.1:" + server.port();
    }

    private static ResultCache open(String url, String server, String secret) {
        return new RedisResultCacheFactory().open(CacheFixture.settings(1, url, server, secret));
    }

    private static void keep(ResultCache cache, CacheKey key, String value) {
        once(() -> {
            cache.keep(key, cache.find(key).state(), bytes(value), LONG);
            return true;
        });
    }

    private static Optional<String> find(ResultCache cache, CacheKey key) {
        return once(() -> cache.find(key)).value().map(value -> new String(value, StandardCharsets.UTF_8));
    }
}
