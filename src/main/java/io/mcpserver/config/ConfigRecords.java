package io.mcpserver.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts checked values, by the path of their key, into the records that the program reads. */
final class ConfigRecords {

    private final Map<String, Object> values;
    private final Path base;

    /** @param base the folder that relative paths of the configuration start from */
    ConfigRecords(Map<String, Object> values, Path base) {
        this.values = values;
        this.base = base;
    }

    ServerConfig config() {
        return new ServerConfig(
                new ServerConfig.Server(
                        text("server.name"),
                        optional("server.version").orElseGet(ProgramVersion::get),
                        optional("server.instructions"),
                        values.get("server.watch_config") instanceof Boolean watch
                                ? watch
                                : !text("transport.type").equals("stdio")),
                transport(),
                new ServerConfig.Storage(
                        text("storage.type"),
                        (Path) values.get("storage.path"),
                        number("storage.cache_size"),
                        integer("storage.connection_pool_size"),
                        text("storage.search_index"),
                        seconds("storage.history")),
                new ServerConfig.Tools(
                        flag("tools.enabled"),
                        flag("tools.auto_discover"),
                        list("tools.directories"),
                        integer("tools.max_result_bytes"),
                        list("tools.confirm"),
                        list("tools.include"),
                        list("tools.exclude"),
                        ServerConfig.Tools.Discovery.valueOf(constant("tools.discovery")),
                        flag("tools.allow_exec"),
                        list("tools.allowed_hosts"),
                        flag("tools.test_before_reload")),
                new ServerConfig.Logging(
                        ServerConfig.Logging.Level.valueOf(text("logging.level")),
                        ServerConfig.Logging.Format.valueOf(constant("logging.format"))),
                new ServerConfig.Performance(
                        integer("performance.max_connections"),
                        seconds("performance.request_timeout"),
                        integer("performance.worker_processes")),
                new ServerConfig.Cache(
                        flag("cache.enabled"),
                        seconds("cache.ttl"),
                        integer("cache.max_size"),
                        text("cache.backend"),
                        text("cache.redis_url")),
                new ServerConfig.Database(
                        integer("database.pool_size"),
                        integer("database.max_overflow"),
                        seconds("database.pool_timeout"),
                        seconds("database.pool_recycle")),
                sources(),
                new ServerConfig.Embedding(text("embedding.model")),
                new ServerConfig.Security(apiKeys(), optional("security.secret")),
                new ServerConfig.Tracing(
                        flag("tracing.enabled"), text("tracing.endpoint"), (Double) values.get("tracing.sample_ratio")),
                new ServerConfig.Backup(
                        seconds("backup.interval"),
                        (Path) values.get("backup.directory"),
                        integer("backup.keep"),
                        optional("backup.passphrase")));
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
            keys.put((String) key.get("name"), apiKey(key));
        }
        return Collections.unmodifiableMap(keys);
    }

    @SuppressWarnings("unchecked")
    private static ServerConfig.ApiKey apiKey(Map<?, ?> key) {
        return new ServerConfig.ApiKey(
                ((String) key.get("sha256")).toLowerCase(Locale.ROOT),
                Boolean.TRUE.equals(key.get("admin")),
                key.get("namespace") instanceof String namespace ? namespace : ServerConfig.ApiKey.DEFAULT_NAMESPACE,
                Optional.ofNullable((List<String>) key.get("scopes")).map(Set::copyOf),
                Optional.ofNullable((List<String>) key.get("groups")).map(Set::copyOf),
                key.get("claims") instanceof Map<?, ?> claims ? Map.copyOf((Map<String, String>) claims) : Map.of());
    }

    private Map<String, ServerConfig.Source> sources() {
        Map<String, ServerConfig.Source> sources = new LinkedHashMap<>();
        if (values.get("sources") instanceof Map<?, ?> written) {
            written.forEach((name, body) -> {
                Map<?, ?> source = (Map<?, ?>) body;
                sources.put(
                        (String) name,
                        new ServerConfig.Source(
                                (String) source.get("url"),
                                Optional.ofNullable((Path) source.get("driver")),
                                Optional.ofNullable((String) source.get("username")),
                                Optional.ofNullable((String) source.get("password")),
                                Boolean.TRUE.equals(source.get("writable")),
                                base));
            });
        }
        return Collections.unmodifiableMap(sources);
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
