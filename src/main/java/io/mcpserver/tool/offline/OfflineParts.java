package io.mcpserver.tool.offline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.config.SecretText;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.file.SecretReference;
import io.mcpserver.tool.file.Surroundings;
import io.mcpserver.tool.trial.ReadOnlyStore;
import io.mcpserver.tool.trial.TestStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What tools may use without a server: the store is opened when it is first asked for, only to be read, and where there
 * is none, none is made.
 *
 * <p>Threads: safe for any number of callers.
 */
final class OfflineParts implements AutoCloseable {

    private static final Logger LOG = System.getLogger(OfflineParts.class.getName());

    private final ServerConfig config;
    private final StoreService service;
    private final TestStore empty;
    private final Map<Class<?>, AutoCloseable> shared = new ConcurrentHashMap<>();

    OfflineParts(ServerConfig config) {
        this.config = config;
        this.service = new StoreService(config);
        this.empty = TestStore.of(config, JsonNodeFactory.instance.objectNode());
    }

    /** @param directory of the file */
    Surroundings in(Path directory) {
        return new Offline(directory);
    }

    private DocumentStore store() {
        return Files.isDirectory(config.storage().path()) ? new ReadOnlyStore(service.store()) : empty.store();
    }

    @Override
    public void close() {
        shared.values().forEach(OfflineParts::close);
        service.close();
        empty.close();
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "Something that tools share could not be closed", e);
        }
    }

    private final class Offline implements Surroundings {

        private final Path directory;

        Offline(Path directory) {
            this.directory = directory;
        }

        @Override
        public ServerConfig config() {
            return config;
        }

        @Override
        public DocumentStore store() {
            return OfflineParts.this.store();
        }

        @Override
        public Path directory() {
            return directory;
        }

        @Override
        public String secret(SecretReference reference) {
            try {
                return SecretText.read(reference.written(), directory);
            } catch (SecretText.Missing e) {
                throw new CodedException(ErrorCode.UNSUPPORTED, e.getMessage(), e);
            }
        }

        @Override
        public boolean trial() {
            return true;
        }

        @Override
        public <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> maker) {
            return type.cast(shared.computeIfAbsent(type, key -> maker.get()));
        }
    }
}
