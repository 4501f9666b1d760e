package io.mcpserver.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Puts checked values, by the path of their key, into the records that the program reads. */
final class ConfigRecords {

    private final Map<String, Object> values;

    ConfigRecords(Map<String, Object> values) {
        this.values = values;
    }

    ServerConfig config() {
        return new ServerConfig(
                new ServerConfig.Server(
                        text("server.name"),
                        optional("server.version").orElseGet(ProgramVersion::get),
                        optional("server.instructions")),
                transport(),
                new ServerConfig.Storage(
                        text("storage.type"),
                        (Path) values.get("storage.path"),
                        number("storage.cache_size"),
                        integer("storage.connection_pool_size")),
                new ServerConfig.Tools(
                        flag("tools.enabled"),
                        flag("tools.auto_discover"),
                        list("tools.directories"),
                        integer("tools.max_result_bytes"),
                        list("tools.confirm")),
                new ServerConfig.Logging(
                        ServerConfig.Logging.Level.valueOf(text("logging.level")),
                        ServerConfig.Logging.Format.valueOf(constant("logging.format"))),
                new ServerConfig.Performance(
                        integer("performance.max_connections"),
                        seconds("performance.request_timeout"),
                        integer("performance.worker_processes")),
                new ServerConfig.Cache(
                        flag("cache.enabled"), seconds("cache.ttl"), integer("cache.max_size"), text("cache.backend")),
                new ServerConfig.Database(
                        integer("database.pool_size"),
                        integer("database.max_overflow"),
                        seconds("database.pool_timeout"),
                        seconds("database.pool_recycle")),
                new ServerConfig.Embedding(text("embedding.model")),
                new ServerConfig.Security(apiKeys(), optional("security.secret")),
                new ServerConfig.Tracing(flag("tracing.enabled"), text("tracing.endpoint"), (Double)
                        values.get("tracing.sample_ratio")));
    }

    private ServerConfig.Transport transport() {
        return new ServerConfig.Transport(
                ServerConfig.TransportType.valueOf(constant("transport.type")),
                text("transport.host"),
                integer("transport.port"),
                list("transport.allowed_origins"),
                list("transport.allowed_hosts"),
                list("transport.trusted_proxies"),
                number("transport.max_body_size"),
                seconds("transport.session_lifetime"));
    }

    private Map<String, ServerConfig.ApiKey> apiKeys() {
        Map<String, ServerConfig.ApiKey> keys = new LinkedHashMap<>();
        for (Object item : (List<?>) values.get("security.api_keys")) {
            Map<?, ?> key = (Map<?, ?>) item;
            String hash = ((String) key.get("sha256")).toLowerCase(Locale.ROOT);
            keys.put((String) key.get("name"), new ServerConfig.ApiKey(hash, Boolean.TRUE.equals(key.get("admin"))));
        }
        return java.util.Collections.unmodifiableMap(keys);
    }

    private String text(String key) {
        return (String) values.get(key);
    }

    private Optional<String> optional(String key) {
        return Optional.ofNullable(text(key));
    }

    private String constant(String key) {
        return text(key).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private long number(String key) {
        return (Long) values.get(key);
    }

    private int integer(String key) {
        return Math.toIntExact(number(key));
    }

    private Duration seconds(String key) {
        return Duration.ofSeconds(number(key));
    }

    private boolean flag(String key) {
        return (Boolean) values.get(key);
    }

    @SuppressWarnings("unchecked")
    private <T> List<T> list(String key) {
        return (List<T>) values.get(key);
    }
}
