package io.mcpserver.server;

import io.mcpserver.config.LoadedConfig;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.ServerConfig.TransportType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Quarkus's own keys, derived from the configuration of one start. */
public final class QuarkusSettings {

    /** Tools block on storage, so they get many threads for each one that serves connections. */
    private static final int TOOL_THREADS_PER_WORKER = 16;

    /** Longer than proxies keep a connection that nobody uses, so that it is they who close it. */
    private static final long LEAST_IDLE_SECONDS = 75;

    /** A call may take its time without a byte going either way. */
    private static final long IDLE_BEYOND_CALL_SECONDS = 15;

    private QuarkusSettings() {}

    /** The settings that a configuration means; every key that it governs is in the map. */
    public static Map<String, String> of(LoadedConfig loaded) {
        ServerConfig config = loaded.valid().orElseThrow();
        boolean stdio = config.transport().type() == TransportType.STDIO;
        int workers = config.performance().workerProcesses();
        Map<String, String> settings = new HashMap<>();
        settings.put("quarkus.http.host-enabled", Boolean.toString(!stdio));
        settings.put("quarkus.http.host", config.transport().host());
        settings.put("quarkus.http.port", Integer.toString(config.transport().port()));
        settings.put(
                "quarkus.http.limits.max-connections",
                Integer.toString(config.performance().maxConnections()));
        settings.put(
                "quarkus.http.limits.max-body-size",
                Long.toString(config.transport().maxBodySize()));
        settings.put(
                "quarkus.http.idle-timeout",
                Math.max(
                                LEAST_IDLE_SECONDS,
                                config.performance().requestTimeout().toSeconds() + IDLE_BEYOND_CALL_SECONDS)
                        + "s");
        proxies(config.transport().trustedProxies(), settings);
        settings.put("quarkus.vertx.event-loops-pool-size", Integer.toString(workers));
        settings.put("quarkus.thread-pool.max-threads", Integer.toString(TOOL_THREADS_PER_WORKER * workers));
        logLevels(config.logging().level())
                .forEach((category, level) -> settings.put(
                        category.isEmpty() ? "quarkus.log.level" : "quarkus.log.category.\"" + category + "\".level",
                        level));
        settings.put("quarkus.log.console.enabled", Boolean.toString(!silent(loaded)));
        settings.put("quarkus.log.console.stderr", "true");
        settings.put(
                "quarkus.log.console.json.enabled",
                Boolean.toString(config.logging().format() == ServerConfig.Logging.Format.JSON));
        settings.put(
                "quarkus.mcp.server.server-info.name", escaped(config.server().name()));
        settings.put(
                "quarkus.mcp.server.server-info.version",
                escaped(config.server().version()));
        config.server()
                .instructions()
                .ifPresent(text -> settings.put("quarkus.mcp.server.server-info.instructions", escaped(text)));
        return Map.copyOf(settings);
    }

    /** Whether nothing is logged: over stdio, unless this start asks for it. */
    public static boolean silent(LoadedConfig loaded) {
        return loaded.valid().orElseThrow().transport().type() == TransportType.STDIO
                && !loaded.askedFor("logging.level");
    }

    /** Without a list, Quarkus would believe everybody; nobody is believed then. */
    private static void proxies(List<String> trusted, Map<String, String> settings) {
        String forwarding = Boolean.toString(!trusted.isEmpty());
        settings.put("quarkus.http.proxy.proxy-address-forwarding", forwarding);
        settings.put("quarkus.http.proxy.allow-forwarded", forwarding);
        settings.put("quarkus.http.proxy.allow-x-forwarded", forwarding);
        settings.put("quarkus.http.proxy.enable-forwarded-host", forwarding);
        settings.put("quarkus.http.proxy.enable-forwarded-prefix", forwarding);
        if (!trusted.isEmpty()) {
            settings.put(
                    "quarkus.http.proxy.trusted-proxies",
                    trusted.stream().map(QuarkusSettings::network).collect(Collectors.joining(",")));
        }
    }

    /** An address as a network of one; as an address, Quarkus would look for a port in it. */
    private static String network(String trusted) {
        if (trusted.indexOf('/') >= 0) {
            return trusted;
        }
        return trusted + (trusted.indexOf(':') >= 0 ? "/128" : "/32");
    }

    /**
     * The level of each category that has one, by its name; that of all others under the empty name. DEBUG is for this
     * program and the protocol; the frameworks below would drown both.
     */
    static Map<String, String> logLevels(ServerConfig.Logging.Level level) {
        return switch (level) {
            case DEBUG -> Map.of("", "INFO", "io.mcpserver", "DEBUG", "io.quarkiverse.mcp", "DEBUG");
            case INFO -> Map.of("", "INFO");
            case WARNING -> Map.of("", "WARN");
            case ERROR -> Map.of("", "ERROR");
        };
    }

    /** A dollar sign starts an expression in Quarkus's configuration; here it is only itself. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("$", "\\$");
    }
}
