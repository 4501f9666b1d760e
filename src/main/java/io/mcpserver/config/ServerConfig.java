package io.mcpserver.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The whole configuration of one server, immutable, already validated.
 *
 * <p>Every component mirrors a section of {@code config.schema.json}, which states keys, defaults,
 * units and ranges; a test holds the two together.
 */
public record ServerConfig(
        Server server,
        Transport transport,
        Storage storage,
        Tools tools,
        Logging logging,
        Performance performance,
        Cache cache,
        Database database,
        Map<String, Source> sources,
        Embedding embedding,
        Security security,
        Tracing tracing,
        Backup backup) {

    /** A configuration that makes no backups by itself. */
    public ServerConfig(
            Server server,
            Transport transport,
            Storage storage,
            Tools tools,
            Logging logging,
            Performance performance,
            Cache cache,
            Database database,
            Map<String, Source> sources,
            Embedding embedding,
            Security security,
            Tracing tracing) {
        this(
                server,
                transport,
                storage,
                tools,
                logging,
                performance,
                cache,
                database,
                sources,
                embedding,
                security,
                tracing,
                Backup.NONE);
    }

    /**
     * Who the server says it is, in {@code initialize}.
     *
     * @param watchConfig whether the configuration is read again when its file changes
     */
    public record Server(String name, String version, Optional<String> instructions, boolean watchConfig) {}

    /**
     * How clients reach the server.
     *
     * @param allowedOrigins values of the {@code Origin} header that are accepted besides loopback names; {@code *} is any
     * @param allowedHosts host names of the {@code Host} header that are accepted besides loopback names; {@code *} is any
     * @param trustedProxies addresses and networks of proxies whose forwarding headers are believed; valid ones
     * @param maxBodySize bytes
     * @param sessionLifetime from {@code initialize} on
     */
    public record Transport(
            TransportType type,
            String host,
            int port,
            List<String> allowedOrigins,
            List<String> allowedHosts,
            List<String> trustedProxies,
            long maxBodySize,
            Duration sessionLifetime) {}

    public enum TransportType {
        STDIO,
        SSE,
        HTTP_STREAM
    }

    /**
     * Where documents live.
     *
     * @param type name of an engine, as its factory gives it
     * @param cacheSize bytes
     * @param searchIndex name of a kind of search index
     * @param history for how long states from before are kept; zero: none are
     */
    public record Storage(
            String type, Path path, long cacheSize, int connectionPoolSize, String searchIndex, Duration history) {

        /** The kind of search index that every engine can have. */
        public static final String LUCENE = "lucene";

        /** With the usual search index, and without states from before. */
        public Storage(String type, Path path, long cacheSize, int connectionPoolSize) {
            this(type, path, cacheSize, connectionPoolSize, LUCENE, Duration.ZERO);
        }

        /** The same for another engine. */
        public Storage withType(String other) {
            return new Storage(other, path, cacheSize, connectionPoolSize, searchIndex, history);
        }
    }

    /**
     * What agents can call.
     *
     * @param maxResultBytes bytes of one tool result before it is cut at an item boundary
     * @param confirm names of the tools before which the user is asked
     * @param include names of tools that are offered, with {@code *} for any characters
     * @param exclude the same of those that are not
     * @param allowExec whether tool files may run programs
     * @param allowedHosts hosts that {@code http} tools may reach besides those of their own address
     * @param testBeforeReload whether a changed tool file must pass its own tests
     */
    public record Tools(
            boolean enabled,
            boolean autoDiscover,
            List<Path> directories,
            int maxResultBytes,
            List<String> confirm,
            List<String> include,
            List<String> exclude,
            Discovery discovery,
            boolean allowExec,
            List<String> allowedHosts,
            boolean testBeforeReload) {

        /** How a model gets to know the tools. */
        public enum Discovery {
            LIST,
            SEARCH
        }
    }

    public record Logging(Level level, Format format) {
        public enum Level {
            DEBUG,
            INFO,
            WARNING,
            ERROR
        }

        public enum Format {
            TEXT,
            JSON
        }
    }

    public record Performance(int maxConnections, Duration requestTimeout, int workerProcesses) {}

    /**
     * Results that are kept for a while.
     *
     * @param redisUrl may hold a password, and {@code ${env.NAME}} or {@code ${file:PATH}} in its place
     */
    public record Cache(boolean enabled, Duration ttl, int maxSize, String backend, String redisUrl) {

        /** Without the address, which may hold a password. */
        @Override
        public String toString() {
            return "Cache[enabled=" + enabled + ", ttl=" + ttl + ", maxSize=" + maxSize + ", backend=" + backend + "]";
        }
    }

    public record Database(int poolSize, int maxOverflow, Duration poolTimeout, Duration poolRecycle) {}

    /**
     * A database that {@code sql} tools ask; {@code ${env.NAME}} and {@code ${file:PATH}} stand in the texts as written.
     *
     * @param url of JDBC
     * @param driver a jar, or a folder of jars, where the program does not bring the driver
     * @param writable whether tools may change its data
     * @param base where relative paths of secrets start: the folder of the configuration file
     */
    public record Source(
            String url,
            Optional<Path> driver,
            Optional<String> username,
            Optional<String> password,
            boolean writable,
            Path base) {

        /** A source with a driver of the program, and without secrets in files of a relative path. */
        public Source(String url, Optional<String> username, Optional<String> password, boolean writable) {
            this(url, Optional.empty(), username, password, writable, Path.of(""));
        }

        /** Without address and password, so that no log can hold them. */
        @Override
        public String toString() {
            return "Source[writable=" + writable + "]";
        }
    }

    /** @param model name of an embedding model, or {@code none} */
    public record Embedding(String model) {
        public boolean enabled() {
            return !"none".equals(model);
        }
    }

    /**
     * A key that is let in.
     *
     * @param sha256 lower-case hexadecimal
     * @param admin whether it may also look inside the server
     * @param namespace whose data its holder works on
     * @param scopes what its holder may do; without any, everything
     * @param groups the groups of tools that its holder is offered; without any, all
     * @param claims what else is known of its holder
     */
    public record ApiKey(
            String sha256,
            boolean admin,
            String namespace,
            Optional<Set<String>> scopes,
            Optional<Set<String>> groups,
            Map<String, String> claims) {

        public static final String DEFAULT_NAMESPACE = "default";

        /** A key that is let in and nothing more. */
        public ApiKey(String sha256, boolean admin) {
            this(sha256, admin, DEFAULT_NAMESPACE, Optional.empty(), Optional.empty(), Map.of());
        }
    }

    /**
     * Who may use the server, and what it knows its own values by.
     *
     * @param apiKeys the keys that are let in, by name
     * @param secret at least 32 characters; where it is empty, the data folder keeps one
     */
    public record Security(Map<String, ApiKey> apiKeys, Optional<String> secret) {

        /** Name of a key to the SHA-256 of it. */
        public Map<String, String> hashes() {
            return apiKeys.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                    .sha256()));
        }

        /** Names of the keys that may look inside the server. */
        public Set<String> admins() {
            return apiKeys.entrySet().stream()
                    .filter(entry -> entry.getValue().admin())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toUnmodifiableSet());
        }

        /** Without the secret, so that no log can hold it. */
        @Override
        public String toString() {
            return "Security[apiKeys=" + apiKeys + ", secret=" + (secret.isPresent() ? "set" : "not set") + "]";
        }
    }

    /**
     * Whether and where spans of requests are sent.
     *
     * @param endpoint the address of a collector, to which {@code /v1/traces} is added
     * @param sampleRatio the share of the traces that begin here, from 0 to 1
     */
    public record Tracing(boolean enabled, String endpoint, double sampleRatio) {}

    /**
     * Backups that the server makes by itself.
     *
     * @param interval from one to the next; zero makes none
     * @param keep how many stay
     * @param passphrase with {@code ${env.NAME}} and {@code ${file:PATH}} as written
     */
    public record Backup(Duration interval, Path directory, int keep, Optional<String> passphrase) {

        public static final Backup NONE = new Backup(Duration.ZERO, Path.of("backups"), 7, Optional.empty());

        /** Without the passphrase, so that no log can hold it. */
        @Override
        public String toString() {
            return "Backup[interval=" + interval + ", directory=" + directory + ", keep=" + keep + ", passphrase="
                    + (passphrase.isPresent() ? "set" : "not set") + "]";
        }
    }
}
