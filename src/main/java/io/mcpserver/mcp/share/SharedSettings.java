package io.mcpserver.mcp.share;

import io.mcpserver.config.ServerConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What of a configuration a client feels that is served by another process, as digests by key: so that two processes can
 * say in which keys they differ without telling each other the values.
 */
public final class SharedSettings {

    /**
     * Keys in which both must agree: where documents lie, and what a client may have done. A process whose own
     * configuration forbids more than the owner's must not let its client do it by way of the owner.
     */
    private static final List<String> BINDING = List.of(
            "storage.type",
            "tools.enabled",
            "tools.include",
            "tools.exclude",
            "tools.confirm",
            "tools.allow_exec",
            "tools.allowed_hosts");

    private static final int DIGEST_BYTES = 12;

    private SharedSettings() {}

    /** Whether two configurations have the same values of all keys in which an owner and its guests must agree. */
    public static boolean agree(ServerConfig one, ServerConfig other) {
        return binding(differing(of(one), of(other))).isEmpty();
    }

    static Map<String, String> of(ServerConfig config) {
        ServerConfig.Tools tools = config.tools();
        Map<String, Object> values = new TreeMap<>();
        values.put("storage.type", config.storage().type());
        values.put("tools.enabled", tools.enabled());
        values.put("tools.include", tools.include());
        values.put("tools.exclude", tools.exclude());
        values.put("tools.confirm", tools.confirm());
        values.put("tools.allow_exec", tools.allowExec());
        values.put("tools.allowed_hosts", tools.allowedHosts());
        values.put("tools.auto_discover", tools.autoDiscover());
        values.put("tools.directories", tools.directories());
        values.put("tools.discovery", tools.discovery());
        values.put("tools.max_result_bytes", tools.maxResultBytes());
        values.put("sources", new TreeMap<>(config.sources()));
        values.put("embedding", config.embedding());
        values.put("performance.request_timeout", config.performance().requestTimeout());
        values.put("server.name", config.server().name());
        values.put("server.instructions", config.server().instructions());
        Map<String, String> digests = new TreeMap<>();
        values.forEach((key, value) -> digests.put(key, digest(value.toString())));
        return digests;
    }

    /** The keys in which two differ, in order. */
    static List<String> differing(Map<String, String> mine, Map<String, String> others) {
        TreeSet<String> keys = new TreeSet<>(mine.keySet());
        keys.addAll(others.keySet());
        return keys.stream()
                .filter(key -> !mine.getOrDefault(key, "").equals(others.getOrDefault(key, "")))
                .toList();
    }

    /** What changes when another configuration may offer other tools. */
    static String offer(Map<String, String> settings) {
        TreeMap<String, String> offering = new TreeMap<>(settings);
        offering.keySet().removeIf(key -> !key.startsWith("tools.") && !key.equals("sources"));
        return digest(offering.toString());
    }

    /** Those of some keys in which both must agree. */
    static List<String> binding(List<String> keys) {
        return keys.stream().filter(BINDING::contains).toList();
    }

    private static String digest(String value) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(Arrays.copyOf(whole, DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
