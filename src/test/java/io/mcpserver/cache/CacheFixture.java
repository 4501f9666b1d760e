package io.mcpserver.cache;

import io.mcpserver.config.ServerConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** What tests of caches are made with. */
public final class CacheFixture {

    public static final String NO_REDIS = "redis://localhost:1";

    private CacheFixture() {}

    public static CacheSettings settings(int maxSize, String redisUrl, String server, String secret) {
        return new CacheSettings(
                new ServerConfig.Cache(true, Duration.ofMinutes(5), maxSize, "any", redisUrl),
                server,
                purpose -> sha256(secret + purpose));
    }

    public static CacheKey key(String of, String... collections) {
        return new CacheKey(HexFormat.of().formatHex(sha256(of)), Set.of(collections));
    }

    /** What a cache says once it can be asked: on a busy machine, it cannot be asked at times. */
    public static <T> T once(Callable<T> question) {
        try {
            return question.call();
        } catch (CacheUnavailableException busy) {
            return Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(50))
                    .ignoreException(CacheUnavailableException.class)
                    .until(question, answer -> true);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
