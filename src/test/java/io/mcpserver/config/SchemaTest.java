package io.mcpserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SchemaTest {

    private static final Path SCHEMA = Path.of("src/main/resources/config.schema.json");

    private final ConfigSchema schema = ConfigSchema.load();

    @Test
    void everyKeyAndItsDefaultIsPinned() {
        String keys = schema.keys().stream()
                .map(key -> key.path() + " = "
                        + key.defaultValue().map(Object::toString).orElse(key.defaultWords()))
                .collect(Collectors.joining("\n"));
        assertThat(keys).isEqualTo("""
                        server.name = mcp-server
                        server.version = the version of the program
                        server.instructions = none
                        server.watch_config = true, over stdio false
                        transport.type = stdio
                        transport.host = 127.0.0.1
                        transport.port = 8000
                        transport.allowed_origins = []
                        transport.allowed_hosts = []
                        transport.trusted_proxies = []
                        transport.max_body_size = 10MB
                        transport.session_lifetime = 86400
                        storage.type = for a new folder lancedb, or duckdb where Lance cannot run
                        storage.path = the user's data folder
                        storage.cache_size = 1GB
                        storage.connection_pool_size = 10
                        storage.search_index = lucene
                        storage.history = 0
                        tools.enabled = true
                        tools.auto_discover = true
                        tools.directories = [./tools]
                        tools.max_result_bytes = 100kB
                        tools.confirm = [storage_delete]
                        tools.include = [*]
                        tools.exclude = []
                        tools.discovery = list
                        tools.allow_exec = false
                        tools.allowed_hosts = []
                        tools.test_before_reload = false
                        logging.level = INFO
                        logging.format = text
                        performance.max_connections = 1000
                        performance.request_timeout = 30
                        performance.worker_processes = 4
                        cache.enabled = true
                        cache.ttl = 300
                        cache.max_size = 1000
                        cache.backend = memory
                        cache.redis_url = redis://localhost:6379
                        database.pool_size = 20
                        database.max_overflow = 30
                        database.pool_timeout = 30
                        database.pool_recycle = 3600
                        embedding.model = all-minilm-l6-v2-q
                        security.api_keys = []
                        security.secret = made and kept in storage.path
                        backup.interval = 0
                        backup.directory = ./backups
                        backup.keep = 7
                        backup.passphrase = none
                        tracing.enabled = false
                        tracing.endpoint = http://localhost:4318
                        tracing.sample_ratio = 1.0""");
    }

    @Test
    void everyKeyHasOneSentenceADefaultAndLimits() {
        assertAll(schema.keys().stream()
                .map(key -> () -> assertAll(
                        key.path(),
                        () -> assertThat(key.description()).matches("[A-Z].*\\."),
                        () -> assertThat(key.defaultValue().isPresent()
                                        || !key.defaultWords().isEmpty())
                                .isTrue(),
                        () -> assertThat(limited(key)).isTrue())));
    }

    private static boolean limited(KeySchema key) {
        return switch (key.kind()) {
            case INTEGER, NUMBER, SIZE -> key.minimum() > Long.MIN_VALUE && key.maximum() < Long.MAX_VALUE;
            case TEXT -> !key.choices().isEmpty() || key.maximumLength() < Long.MAX_VALUE;
            case LIST ->
                key.maximumLength() < Long.MAX_VALUE && limited(key.items().orElseThrow());
            case MAPPING -> !key.fields().isEmpty() || key.entries().isPresent();
            case BOOLEAN -> true;
        };
    }

    @Test
    void theRecordsHaveAComponentForEveryKey() {
        Map<String, List<String>> records = java.util.Arrays.stream(ServerConfig.class.getRecordComponents())
                .filter(section -> section.getType().isRecord())
                .collect(Collectors.toMap(section -> section.getName(), section -> java.util.Arrays.stream(
                                section.getType().getRecordComponents())
                        .map(component ->
                                component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT))
                        .toList()));
        Map<String, List<String>> sections = schema.sections().entrySet().stream()
                .filter(entry -> entry.getValue().entries().isEmpty())
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> List.copyOf(entry.getValue().fields().keySet())));
        assertThat(records).isEqualTo(sections);
    }

    @Test
    void onlyTheKeywordsThatAreUnderstoodHereAreUsed() throws IOException {
        JsonNode root = new ObjectMapper().readTree(Files.readString(SCHEMA));
        assertThat(keywords(root))
                .isSubsetOf(
                        "$schema",
                        "$id",
                        "title",
                        "description",
                        "type",
                        "additionalProperties",
                        "properties",
                        "required",
                        "items",
                        "enum",
                        "pattern",
                        "minimum",
                        "maximum",
                        "minLength",
                        "maxLength",
                        "maxItems",
                        "default",
                        "x-unit",
                        "x-live",
                        "x-pattern",
                        "x-kind",
                        "x-default",
                        "x-secret");
    }

    private static List<String> keywords(JsonNode schema) {
        List<String> found = new java.util.ArrayList<>();
        schema.properties().forEach(property -> {
            found.add(property.getKey());
            if (property.getKey().equals("properties")) {
                property.getValue().forEach(child -> found.addAll(keywords(child)));
            } else if (property.getKey().equals("items")) {
                found.addAll(keywords(property.getValue()));
            }
        });
        return found;
    }
}
