package io.mcpserver.tool.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.FolderDelete;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.service.StoreService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The store of some tests; opened when first asked for. Threads: safe for any number of callers. Closing: throws away
 * what was made for the tests.
 */
public interface TestStore extends AutoCloseable {

    /** The engine of stores that are thrown away. */
    String ENGINE = "duckdb";

    long MEMORY = 96L << 20;

    /** Opens nothing until it is asked. */
    DocumentStore store();

    @Override
    void close();

    /** A new store with these documents in a folder of its own, that searches by words. */
    static TestStore of(ServerConfig config, ObjectNode documents) {
        return new ThrownAway(config, documents);
    }

    /** A store in a temporary folder. */
    final class ThrownAway implements TestStore {

        private final ServerConfig config;
        private final ObjectNode documents;
        private Path folder;
        private StoreService service;
        private StoreException unusable;

        private ThrownAway(ServerConfig config, ObjectNode documents) {
            this.config = config;
            this.documents = documents;
        }

        @Override
        public synchronized DocumentStore store() {
            if (service == null) {
                try {
                    folder = Files.createTempDirectory("mcp-server-test");
                } catch (IOException e) {
                    throw new StoreException(
                            ErrorCode.STORE_UNAVAILABLE, "No folder for the documents of a test can be made.", e);
                }
                service = new StoreService(in(folder));
                try {
                    documents.properties().forEach(collection -> save(collection.getKey(), collection.getValue()));
                } catch (CodedException e) {
                    unusable = new StoreException(
                            e.code(), "The documents of the test cannot be saved: " + e.getMessage(), e);
                }
            }
            if (unusable != null) {
                throw unusable;
            }
            return service.store();
        }

        private void save(String collection, JsonNode written) {
            List<DocumentToSave> all = new ArrayList<>();
            for (JsonNode one : written) {
                ObjectNode content = one.deepCopy();
                JsonNode id = content.remove("id");
                all.add(new DocumentToSave(id == null ? "document-" + (all.size() + 1) : id.asText(), content));
            }
            service.store().save(collection, all);
        }

        private ServerConfig in(Path data) {
            return new ServerConfig(
                    config.server(),
                    config.transport(),
                    new ServerConfig.Storage(ENGINE, data, MEMORY, 2),
                    config.tools(),
                    config.logging(),
                    config.performance(),
                    config.cache(),
                    config.database(),
                    config.sources(),
                    new ServerConfig.Embedding("none"),
                    config.security(),
                    config.tracing());
        }

        @Override
        public synchronized void close() {
            if (service != null) {
                service.close();
                delete(folder);
            }
        }

        private static void delete(Path folder) {
            try {
                FolderDelete.delete(folder);
            } catch (IOException e) {
                // A folder of temporary files; the system removes it in time.
            }
        }
    }
}
