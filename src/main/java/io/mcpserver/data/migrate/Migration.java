package io.mcpserver.data.migrate;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.lines.StoreLine;
import io.mcpserver.data.restore.Restore;
import io.mcpserver.data.restore.Workshop;
import io.mcpserver.data.transfer.Steps;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.DirectoryLock;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentStoreFactory;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSnapshot;
import io.mcpserver.storage.StoreSwap;
import io.mcpserver.storage.StoredDocument;
import io.mcpserver.storage.service.DataFormat;
import io.mcpserver.storage.service.Engines;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What a migration moved.
 *
 * @param kept the folder that has the old files; empty for a dry run
 */
public record Migration(String from, String to, long documents, long deletedIds, long settings, Optional<Path> kept) {

    private static final int PAGE = 500;

    /** The engine that the data of a folder is in. */
    public static String engine(ServerConfig.Storage config) {
        return DataFormat.of(config.path()).map(DataFormat::engine).orElse(config.type());
    }

    /**
     * Moves the store of a data folder into an engine. What was written is read again and compared with the old store,
     * document by document, before it takes its place as one step.
     *
     * @param dryRun whether everything is only read and counted
     * @return empty if it was stopped, and then nothing has changed
     * @throws StoreException {@code STORE_LOCKED} if a server has the folder; else as the engines say, and nothing has
     *     changed, or as {@link StoreSwap#run} says
     */
    public static Optional<Migration> run(
            ServerConfig.Storage config, String to, boolean dryRun, Steps steps, BooleanSupplier stopped) {
        DocumentStoreFactory target = Engines.find(to);
        StoreSwap.finishBegun(config.path());
        String from = engine(config);
        ServerConfig.Storage source = config.withType(from);
        DataFormat.require(config.path(), from);
        DocumentStore store = Engines.find(from).open(source, ChangeListener.NONE);
        try (StoreSnapshot snapshot = store.snapshot()) {
            Migration moved = new Migration(
                    from,
                    target.type(),
                    snapshot.documents(),
                    snapshot.deletedIds(),
                    snapshot.settings().size(),
                    Optional.empty());
            if (dryRun) {
                read(snapshot, lines -> {}, steps);
                return Optional.of(moved);
            }
            return move(config, store, snapshot, moved, steps, stopped);
        } finally {
            store.close();
        }
    }

    private static Optional<Migration> move(
            ServerConfig.Storage config,
            DocumentStore store,
            StoreSnapshot snapshot,
            Migration moved,
            Steps steps,
            BooleanSupplier stopped) {
        try (Workshop workshop = Workshop.open(config)) {
            if (!workshop.make(moved.to(), lines -> read(snapshot, lines, steps), stopped)) {
                return Optional.empty();
            }
            snapshot.close();
            store.close();
            try (DirectoryLock lock = DirectoryLock.acquire(config.path())) {
                String kept = Restore.name(config.path());
                workshop.swap(Restore.owning(config.path()), kept);
                return Optional.of(new Migration(
                        moved.from(),
                        moved.to(),
                        moved.documents(),
                        moved.deletedIds(),
                        moved.settings(),
                        Optional.of(config.path().resolve(kept))));
            }
        }
    }

    private static void read(StoreSnapshot snapshot, Consumer<List<StoreLine>> lines, Steps steps) {
        for (Map.Entry<String, CollectionSettings> entry : snapshot.settings().entrySet()) {
            lines.accept(List.of(new StoreLine.Settings(entry.getKey(), entry.getValue())));
        }
        long total = snapshot.documents() + snapshot.deletedIds();
        long done = 0;
        List<StoredDocument> some = snapshot.next(PAGE);
        while (!some.isEmpty()) {
            lines.accept(some.stream().<StoreLine>map(StoreLine.Stored::new).toList());
            done += some.size();
            steps.at(done, total);
            some = snapshot.next(PAGE);
        }
    }
}
