package io.mcpserver.tool.declarative;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.tool.ToolTestProfile;
import io.mcpserver.tool.file.SecretReference;
import io.mcpserver.tool.file.Surroundings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What the tools of a test may use: a folder, secrets that the test gives, a real store if the test has one. */
public final class TestSurroundings implements Surroundings, AutoCloseable {

    private final Path directory;
    private final Map<String, String> secrets = new HashMap<>();
    private final Map<Class<?>, AutoCloseable> shared = new ConcurrentHashMap<>();
    private ServerConfig config;
    private Supplier<DocumentStore> store = () -> {
        throw new AssertionError("This test has no store");
    };

    private TestSurroundings(Path directory) {
        this.directory = directory.toAbsolutePath();
        this.config = ToolTestProfile.config(this.directory.resolve("data"), "none", true);
    }

    public static TestSurroundings in(Path directory) {
        return new TestSurroundings(directory);
    }

    /** @param reference {@code env.NAME} or {@code file:PATH} */
    public TestSurroundings secret(String reference, String value) {
        secrets.put(reference, value);
        return this;
    }

    public TestSurroundings config(ServerConfig given) {
        this.config = given;
        return this;
    }

    public TestSurroundings store(DocumentStore given) {
        this.store = () -> given;
        return this;
    }

    @Override
    public ServerConfig config() {
        return config;
    }

    @Override
    public DocumentStore store() {
        return store.get();
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public String secret(SecretReference reference) {
        String value = secrets.get(reference.written());
        if (value == null) {
            throw new CodedException(ErrorCode.UNSUPPORTED, "${" + reference.written() + "} is not set");
        }
        return value;
    }

    @Override
    public <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> maker) {
        return type.cast(shared.computeIfAbsent(type, key -> maker.get()));
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable one : shared.values()) {
            one.close();
        }
    }
}
