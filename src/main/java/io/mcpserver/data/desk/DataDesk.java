package io.mcpserver.data.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.DataLine.Operation;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSnapshot;
import io.mcpserver.storage.service.StoreService;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Answers an operator's commands about the store of this process.
 *
 * <p>Threads: safe for any number of callers. Closing gives back what is kept for commands that are under way; the store
 * stays open.
 */
public final class DataDesk implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final ServerConfig.Storage config;
    private final StoreService stores;
    private final OpenSnapshots snapshots;

    public DataDesk(ServerConfig.Storage config, StoreService stores) {
        this(config, stores, IDLE);
    }

    /** @param idle after which a snapshot that nobody reads is closed */
    DataDesk(ServerConfig.Storage config, StoreService stores, Duration idle) {
        this.config = config;
        this.stores = stores;
        this.snapshots = new OpenSnapshots(idle);
    }

    /** The operation that a text names, as {@code snapshot}. */
    public static Operation operation(String name) {
        for (Operation operation : Operation.values()) {
            if (operation.name().toLowerCase(Locale.ROOT).equals(name)) {
                return operation;
            }
        }
        throw new StoreException(ErrorCode.INVALID_ARGUMENT, "There is no operation of this name on the data.");
    }

    /**
     * Answers.
     *
     * @throws StoreException as the store does; {@code INVALID_ARGUMENT} for a body that the operation does not take,
     *     {@code NOT_FOUND} for a snapshot that is no longer there
     */
    public String answer(Operation operation, String body) {
        return switch (operation) {
            case SNAPSHOT -> begin(body);
            case PAGE -> snapshots.page(body);
            case END -> snapshots.end(body);
            case IMPORT -> new LineImport(stores.store(), false).run(body);
            case REPLACE -> new LineImport(stores.store(), true).run(body);
            case SWAP -> swap(body);
            case STATS -> StoreStatistics.of(config, stores).toString();
        };
    }

    private String begin(String body) {
        JsonNode asked = parse(body);
        Set<String> collections = new HashSet<>();
        asked.path("collections").forEach(name -> collections.add(name.asText()));
        StoreSnapshot snapshot = stores.store().snapshot();
        SnapshotLines lines =
                new SnapshotLines(snapshot, collections, asked.path("deleted").asBoolean());
        String id = snapshots.add(lines);
        return lines.describe(id, config.type());
    }

    private String swap(String kept) {
        snapshots.close();
        stores.replace(kept);
        return "{}";
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new StoreException(ErrorCode.INVALID_ARGUMENT, "The body must be a JSON object.", e);
        }
    }

    @Override
    public void close() {
        snapshots.close();
    }
}
