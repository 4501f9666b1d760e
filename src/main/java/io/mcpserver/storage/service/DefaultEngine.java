package io.mcpserver.storage.service;

import io.mcpserver.config.EngineChoice;
import io.mcpserver.storage.DocumentStoreFactory;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSwap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The engine where {@code storage.type} names none: the one whose data is in the folder, so that no upgrade hides what is
 * stored; for a new folder lancedb, or duckdb where Lance cannot run.
 */
public final class DefaultEngine implements EngineChoice {

    private static final String FIRST = "lancedb";

    /** What takes its place where it cannot run. */
    static final String OTHERWISE = "duckdb";

    /** Files that are there without a word on their engine: duckdb was the first that there was. */
    private static final List<String> BY_AGE = List.of(OTHERWISE, FIRST, "tinydb");

    @Override
    public String engine(Path data) {
        return written(data)
                .or(() -> BY_AGE.stream().filter(type -> hasFiles(type, data)).findFirst())
                .orElseGet(() -> whyNotFirst().isPresent() ? OTHERWISE : FIRST);
    }

    @Override
    public Optional<String> againstIndex(String engine, String index) {
        return Engines.of(engine).flatMap(factory -> SearchIndexes.against(factory, index));
    }

    /** Why a new folder gets duckdb on this machine; empty where it gets lancedb. */
    static Optional<String> whyNotFirst() {
        return Engines.of(FIRST).map(DocumentStoreFactory::unavailable).orElse(Optional.of("it is not in this build"));
    }

    private static Optional<String> written(Path data) {
        // What a swap that was begun puts here is what the opening finds.
        Optional<String> coming = StoreSwap.begun(data) ? said(StoreSwap.coming(data)) : Optional.empty();
        return coming.or(() -> said(data));
    }

    private static Optional<String> said(Path folder) {
        try {
            return DataFormat.of(folder).map(DataFormat::engine);
        } catch (StoreException e) {
            // Whoever opens the store says it.
            return Optional.empty();
        }
    }

    private static boolean hasFiles(String type, Path data) {
        return Engines.of(type).stream()
                .flatMap(engine -> engine.files().stream())
                .anyMatch(name -> Files.exists(data.resolve(name)));
    }
}
