package io.mcpserver.config;

import java.nio.file.Path;

/** Says which storage engine a data folder has where {@code storage.type} names none. Found with {@link java.util.ServiceLoader}. */
public interface EngineChoice {

    /**
     * The engine, by the name that {@code storage.type} would have. Looks, and changes nothing; quick, because every start
     * waits for it.
     *
     * @param data the folder; need not exist
     */
    String engine(Path data);
}
