package io.mcpserver.storage.tinydb;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentToSave;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Stores for tests. */
final class TinyDbStores {

    private static final JsonMapper MAPPER = new JsonMapper();

    private TinyDbStores() {}

    /** A store as the program opens it. */
    static DocumentStore byFactory(Path directory) {
        return new TinyDbStoreFactory().open(config(directory), ChangeListener.NONE);
    }

    static TinyDbStore open(Path directory) {
        return TinyDbStore.open(config(directory), ChangeListener.NONE);
    }

    /** A store that looks at the file only when it writes it, so that tests say when. */
    static TinyDbStore openUnwatched(Path directory, ChangeListener listener) {
        return TinyDbStore.open(config(directory), listener, Duration.ofDays(1));
    }

    static TinyDbStore openWatching(Path directory, Duration look) {
        return TinyDbStore.open(config(directory), ChangeListener.NONE, look);
    }

    /** A store that takes two megabytes. */
    static TinyDbStore openSmall(Path directory) {
        return TinyDbStore.open(new ServerConfig.Storage("tinydb", directory, 8L << 20, 4), ChangeListener.NONE);
    }

    static DocumentToSave document(String id, String content) {
        return new DocumentToSave(id, object(content));
    }

    static ObjectNode object(String content) {
        try {
            return (ObjectNode) MAPPER.readTree(content.replace('\'', '"'));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ServerConfig.Storage config(Path directory) {
        return new ServerConfig.Storage("tinydb", directory, 256L << 20, 4);
    }
}
