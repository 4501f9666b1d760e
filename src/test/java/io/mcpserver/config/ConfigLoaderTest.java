package io.mcpserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigLoaderTest {

    private static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private static final String SECRET = "kept, with a comma: " + "s".repeat(20);

    /** For each key: what a file says, what the environment says, and how the environment's value is seen. */
    private record Sample(
            String key, String inFile, String inEnvironment, Function<ServerConfig, Object> seen, Object value) {
        @Override
        public String toString() {
            return key;
        }
    }

    @TempDir
    Path folder;

    static LoadedConfig load(Path folder) {
        return load(folder, Map.of());
    }

    static LoadedConfig load(Path folder, Map<String, String> environment, FlagValue... flags) {
        return new ConfigLoader(ConfigSchema.load())
                .load(new ConfigRequest(Optional.empty(), List.of(flags), environment, folder, folder));
    }

    static Stream<Sample> samples() {
        return Stream.of(
                sample("server.name", "a", "b", c -> c.server().name(), "b"),
                sample("server.version", "'1.0'", "2.0", c -> c.server().version(), "2.0"),
                sample("server.instructions", "a", "b, c", c -> c.server().instructions(), Optional.of("b, c")),
                sample("server.watch_config", "true", "false", c -> c.server().watchConfig(), false),
                sample(
                        "transport.type",
                        "sse",
                        "http-stream",
                        c -> c.transport().type(),
                        ServerConfig.TransportType.HTTP_STREAM),
                sample("transport.host", "127.0.0.1", "::1", c -> c.transport().host(), "::1"),
                sample("transport.port", "1", "2", c -> c.transport().port(), 2),
                sample(
                        "transport.allowed_origins",
                        "['https://a']",
                        "https://b,https://c",
                        c -> c.transport().allowedOrigins(),
                        List.of("https://b", "https://c")),
                sample(
                        "transport.allowed_hosts",
                        "[a]",
                        " b , c ",
                        c -> c.transport().allowedHosts(),
                        List.of("b", "c")),
                sample(
                        "transport.trusted_proxies",
                        "[10.0.0.1]",
                        "127.0.0.1, ::/16",
                        c -> c.transport().trustedProxies(),
                        List.of("127.0.0.1", "::/16")),
                sample(
                        "transport.max_body_size",
                        "1MB",
                        "2MiB",
                        c -> c.transport().maxBodySize(),
                        2_097_152L),
                sample(
                        "transport.session_lifetime",
                        "60",
                        "31536000",
                        c -> c.transport().sessionLifetime(),
                        Duration.ofDays(365)),
                sample("storage.type", "duckdb", "DuckDB", c -> c.storage().type(), "duckdb"),
                sample("storage.path", "/a", "/b", c -> c.storage().path(), Path.of("/b")),
                sample("storage.cache_size", "1GB", "2000000", c -> c.storage().cacheSize(), 2_000_000L),
                sample(
                        "storage.connection_pool_size",
                        "1",
                        "2",
                        c -> c.storage().connectionPoolSize(),
                        2),
                sample(
                        "storage.search_index",
                        "lucene",
                        "LANCE",
                        c -> c.storage().searchIndex(),
                        "lance"),
                sample("storage.history", "0", "3600", c -> c.storage().history(), Duration.ofHours(1)),
                sample("tools.enabled", "true", "FALSE", c -> c.tools().enabled(), false),
                sample("tools.auto_discover", "true", "false", c -> c.tools().autoDiscover(), false),
                sample(
                        "tools.directories",
                        "[/a]",
                        "/b,/c",
                        c -> c.tools().directories(),
                        List.of(Path.of("/b"), Path.of("/c"))),
                sample("tools.max_result_bytes", "1kB", "2kB", c -> c.tools().maxResultBytes(), 2000),
                sample("tools.confirm", "[\"a\"]", "b", c -> c.tools().confirm(), List.of("b")),
                sample("tools.include", "['*']", "a,b_*", c -> c.tools().include(), List.of("a", "b_*")),
                sample("tools.exclude", "['a*']", "b", c -> c.tools().exclude(), List.of("b")),
                sample(
                        "tools.discovery",
                        "list",
                        "search",
                        c -> c.tools().discovery(),
                        ServerConfig.Tools.Discovery.SEARCH),
                sample("tools.allow_exec", "false", "true", c -> c.tools().allowExec(), true),
                sample(
                        "tools.allowed_hosts",
                        "['*.a.example']",
                        "10.1.2.3:8080,[::1]",
                        c -> c.tools().allowedHosts(),
                        List.of("10.1.2.3:8080", "[::1]")),
                sample(
                        "tools.test_before_reload",
                        "false",
                        "true",
                        c -> c.tools().testBeforeReload(),
                        true),
                sample("logging.level", "INFO", "error", c -> c.logging().level(), ServerConfig.Logging.Level.ERROR),
                sample("logging.format", "text", "json", c -> c.logging().format(), ServerConfig.Logging.Format.JSON),
                sample(
                        "performance.max_connections",
                        "1",
                        "2",
                        c -> c.performance().maxConnections(),
                        2),
                sample(
                        "performance.request_timeout",
                        "1",
                        "2",
                        c -> c.performance().requestTimeout(),
                        Duration.ofSeconds(2)),
                sample(
                        "performance.worker_processes",
                        "1",
                        "2",
                        c -> c.performance().workerProcesses(),
                        2),
                sample("cache.enabled", "true", "false", c -> c.cache().enabled(), false),
                sample("cache.ttl", "1", "2", c -> c.cache().ttl(), Duration.ofSeconds(2)),
                sample("cache.max_size", "1", "2", c -> c.cache().maxSize(), 2),
                sample("cache.backend", "memory", "redis", c -> c.cache().backend(), "redis"),
                sample(
                        "cache.redis_url",
                        "redis://a",
                        "rediss://:secret@b:1/2",
                        c -> c.cache().redisUrl(),
                        "rediss://:secret@b:1/2"),
                sample("database.pool_size", "1", "2", c -> c.database().poolSize(), 2),
                sample("database.max_overflow", "1", "2", c -> c.database().maxOverflow(), 2),
                sample("database.pool_timeout", "1", "2", c -> c.database().poolTimeout(), Duration.ofSeconds(2)),
                sample("database.pool_recycle", "1", "2", c -> c.database().poolRecycle(), Duration.ofSeconds(2)),
                sample(
                        "embedding.model",
                        "all-minilm-l6-v2-q",
                        "none",
                        c -> c.embedding().enabled(),
                        false),
                sample(
                        "security.api_keys",
                        "[]",
                        "laptop:" + HASH.toUpperCase() + ":true",
                        c -> c.security().apiKeys(),
                        Map.of("laptop", new ServerConfig.ApiKey(HASH, true))),
                sample(
                        "security.secret",
                        "x".repeat(32),
                        SECRET,
                        c -> c.security().secret(),
                        Optional.of(SECRET)),
                sample("backup.interval", "1", "2", c -> c.backup().interval(), Duration.ofSeconds(2)),
                sample("backup.directory", "/a", "/b", c -> c.backup().directory(), Path.of("/b")),
                sample("backup.keep", "1", "2", c -> c.backup().keep(), 2),
                sample("backup.passphrase", "one", "two", c -> c.backup().passphrase(), Optional.of("two")),
                sample("tracing.enabled", "false", "true", c -> c.tracing().enabled(), true),
                sample(
                        "tracing.endpoint",
                        "http://localhost:1",
                        "https://collector.example.com:4318",
                        c -> c.tracing().endpoint().toString(),
                        "https://collector.example.com:4318"),
                sample("tracing.sample_ratio", "1", "0.25", c -> c.tracing().sampleRatio(), 0.25));
    }

    private static Sample sample(
            String key, String inFile, String inEnvironment, Function<ServerConfig, Object> seen, Object value) {
        return new Sample(key, inFile, inEnvironment, seen, value);
    }

    @Test
    void everyKeyHasASample() {
        assertThat(samples().map(Sample::key))
                .containsExactlyElementsOf(
                        ConfigSchema.load().keys().stream().map(KeySchema::path).toList());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theEnvironmentWinsOverTheFile(Sample sample) throws IOException {
        String[] path = sample.key().split("\\.");
        write(path[0] + ":\n  " + path[1] + ": " + sample.inFile());
        String variable = "MCP_" + sample.key().replace('.', '_').toUpperCase();

        LoadedConfig fromFile = load(folder);
        LoadedConfig fromBoth = load(folder, Map.of(variable, sample.inEnvironment()));

        assertThat(fromFile.problems(Problem.Severity.ERROR)).isEmpty();
        assertThat(fromFile.origins()).containsExactly(entry(sample.key(), Origin.FILE));
        assertThat(fromFile.askedFor(sample.key())).isFalse();
        assertThat(fromBoth.problems(Problem.Severity.ERROR)).isEmpty();
        assertThat(fromBoth.origins()).containsExactly(entry(sample.key(), Origin.ENVIRONMENT));
        assertThat(sample.seen().apply(fromBoth.valid().orElseThrow())).isEqualTo(sample.value());
        if (!sample.key().equals("storage.type")) {
            assertThat(sample.seen().apply(fromFile.valid().orElseThrow())).isNotEqualTo(sample.value());
        }
    }

    @Test
    void shortFormsSetTheirKeys() {
        ServerConfig config = load(
                        folder,
                        Map.of(
                                "MCP_PORT",
                                "1234",
                                "MCP_HOST",
                                "::1",
                                "MCP_LOG_LEVEL",
                                "debug",
                                "MCP_DATA_PATH",
                                "here"))
                .valid()
                .orElseThrow();
        assertThat(config.transport().port()).isEqualTo(1234);
        assertThat(config.transport().host()).isEqualTo("::1");
        assertThat(config.logging().level()).isEqualTo(ServerConfig.Logging.Level.DEBUG);
        assertThat(config.storage().path()).isEqualTo(folder.resolve("here"));
    }

    @Test
    void theCommandLineWinsOverTheEnvironment() {
        LoadedConfig loaded =
                load(folder, Map.of("MCP_PORT", "1234"), new FlagValue("--port", "transport.port", "4321"));
        assertThat(loaded.valid().orElseThrow().transport().port()).isEqualTo(4321);
        assertThat(loaded.origins()).containsEntry("transport.port", Origin.FLAG);
        assertThat(loaded.askedFor("transport.port")).isTrue();
    }

    @Test
    void anIndexThatTheEngineCannotHaveIsAProblemWhereItWasWritten() throws IOException {
        write("storage:\n  type: duckdb\n  search_index: lance\n");
        assertThat(load(folder).problems(Problem.Severity.ERROR))
                .singleElement()
                .satisfies(problem -> assertThat(problem.line()).isEqualTo(3))
                .satisfies(problem -> assertThat(problem.message())
                        .isEqualTo(
                                "is lance, which the engine duckdb does not have: set storage.search_index to lucene,"
                                        + " or storage.type to lancedb"));

        write("storage:\n  type: lancedb\n  search_index: lance\n");
        assertThat(load(folder).problems()).isEmpty();
    }

    @Test
    void anEmptyVariableCountsAsNotSet() {
        LoadedConfig loaded = load(folder, Map.of("MCP_PORT", "", "MCP_CONFIG_PATH", " "));
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.valid().orElseThrow().transport().port()).isEqualTo(8000);
    }

    @Test
    void anEmptyFileAndEmptySectionsAreFine() throws IOException {
        for (String yaml :
                List.of("", "# nothing\n", "---\n", "\uFEFFtransport:\n", "transport:\n  # port: 1\nlogging:\n")) {
            write(yaml);
            assertThat(load(folder).problems()).as(yaml).isEmpty();
        }
    }

    @Test
    void oneAliasOfAPlainValueIsFine() throws IOException {
        write("server: {name: &n x, instructions: *n}");
        assertThat(load(folder).valid().orElseThrow().server().instructions()).contains("x");
    }

    @Test
    void numbersMayBeWrittenInEveryFormOfYaml() throws IOException {
        for (String number : List.of("8080", "+8080", "0x1F90", "0o17620")) {
            write("transport: {port: " + number + "}");
            assertThat(load(folder).valid().orElseThrow().transport().port()).isEqualTo(8080);
        }
    }

    @Test
    void pathsInTheFileStartFromItsFolder() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(
                elsewhere.resolve("config.yaml"), "storage: {path: ./data}\ntools: {directories: [../t, ~/t]}");
        LoadedConfig loaded = load(folder, Map.of("MCP_CONFIG_PATH", "elsewhere/config.yaml"));
        ServerConfig config = loaded.valid().orElseThrow();
        assertThat(config.storage().path()).isEqualTo(elsewhere.resolve("data"));
        assertThat(config.tools().directories())
                .containsExactly(folder.resolve("t"), Path.of(System.getProperty("user.home"), "t"));
        assertThat(loaded.file()).contains(elsewhere.resolve("config.yaml"));
    }

    @Test
    void theFileOfTheCommandLineWinsOverTheOneOfTheEnvironment() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "transport: {port: 1}");
        Files.writeString(folder.resolve("b.yaml"), "transport: {port: 2}");
        LoadedConfig loaded = new ConfigLoader(ConfigSchema.load())
                .load(new ConfigRequest(
                        Optional.of("a.yaml"), List.of(), Map.of("MCP_CONFIG_PATH", "b.yaml"), folder, folder));
        assertThat(loaded.valid().orElseThrow().transport().port()).isEqualTo(1);
    }

    @Test
    void aNamedFileMustBeAReadableFile() throws IOException {
        Files.createDirectory(folder.resolve("d"));
        Files.writeString(folder.resolve("big.yaml"), "#".repeat(1_000_001));
        for (Map.Entry<String, String> named : new HashMap<>(Map.of(
                        "none.yaml", "none.yaml: does not exist",
                        "d", "d: is a folder; name the file in it",
                        "big.yaml", "big.yaml: is larger than 1MB"))
                .entrySet()) {
            LoadedConfig loaded = load(folder, Map.of("MCP_CONFIG_PATH", named.getKey()));
            assertThat(loaded.problems()).extracting(Problem::render).containsExactly(named.getValue());
            assertThat(loaded.valid()).isEmpty();
        }
    }

    @Test
    void theSecretIsInNoTextOfTheConfiguration() {
        LoadedConfig loaded = load(folder, Map.of("MCP_SECURITY_SECRET", SECRET));
        assertThat(loaded.valid().orElseThrow().security().secret()).contains(SECRET);
        assertThat(loaded.toString()).contains("secret=set").doesNotContain(SECRET);
        assertThat(load(folder).toString()).contains("secret=not set");
    }

    @Test
    void defaultsHoldWithoutAFile() {
        LoadedConfig loaded = load(folder);
        assertThat(loaded.file()).isEmpty();
        assertThat(loaded.shownFile()).isEqualTo("configuration");
        ServerConfig config = loaded.valid().orElseThrow();
        assertThat(config.transport().type()).isEqualTo(ServerConfig.TransportType.STDIO);
        assertThat(config.transport().host()).isEqualTo("127.0.0.1");
        assertThat(config.server().version()).isEqualTo(ProgramVersion.get());
    }

    private void write(String yaml) throws IOException {
        Files.writeString(folder.resolve("config.yaml"), yaml);
    }
}
