package io.mcpserver.config;

import java.nio.file.Path;
import java.util.Optional;

/** Knows the storage engines that there are; says which storage engine a data folder has where {@code storage.type} names none. Found with {@link java.util.ServiceLoader}. */
public interface EngineChoice {

    /**
     * The engine, by the name that {@code storage.type} would have. Looks, and changes nothing; quick, because every start
     * waits for it.
     *
     * @param data the folder; need not exist
     */
    String engine(Path data);

    /**
     * Why an engine cannot have a kind of search index, in words that follow the key; empty where it can, or is none.
     *
     * @param index as {@code storage.search_index} has it
     */
    Optional<String> againstIndex(String engine, String index);
}
