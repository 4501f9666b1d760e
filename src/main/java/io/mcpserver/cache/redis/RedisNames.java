package io.mcpserver.cache.redis;

import io.mcpserver.cache.CacheKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The names of what is kept in Redis: the server's name, and a digest that nobody else can make. So nothing can be read off
 * them, and two servers that have one Redis but no secret in common never meet.
 */
final class RedisNames {

    private static final String ALGORITHM = "HmacSHA256";

    private final String prefix;
    private final Supplier<byte[]> key;

    RedisNames(String server, Supplier<byte[]> key) {
        this.prefix = "mcp:" + server + ":";
        this.key = key;
    }

    String value(CacheKey of) {
        return name("result", of.digest());
    }

    String token(String collection) {
        return name("collection", collection);
    }

    private String name(String kind, String what) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.get(), ALGORITHM));
            byte[] digest = mac.doFinal((kind + ":" + what).getBytes(StandardCharsets.UTF_8));
            return prefix + kind + ":" + HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }
}
