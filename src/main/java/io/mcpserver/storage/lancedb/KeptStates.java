package io.mcpserver.storage.lancedb;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSnapshot;
import io.mcpserver.storage.lancedb.dataset.Lance;
import io.mcpserver.storage.lancedb.dataset.LanceMemory;
import io.mcpserver.storage.lancedb.dataset.Versions;
import io.mcpserver.storage.thread.ReadTurn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The states from before that a {@link History} keeps, each a dataset in a folder of its own whose name has the time.
 *
 * @param folder that they are in
 */
record KeptStates(Path folder) {

    /** Beside the dataset. */
    static final String FOLDER = "documents.history";

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS");

    static KeptStates in(Path data) {
        return new KeptStates(data.resolve(FOLDER));
    }

    /** When each was current, oldest first. */
    List<Instant> all() {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> time(file.getFileName().toString()))
                    .flatMap(Optional::stream)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw StorageFault.of("The states kept in " + folder + " cannot be read", e);
        }
    }

    Path of(Instant time) {
        return folder.resolve(NAME.format(time.atOffset(ZoneOffset.UTC)));
    }

    /**
     * Opens one; changes nothing of it, and loads the native code.
     *
     * @throws StoreException {@code NOT_FOUND} if it is not there, or went meanwhile
     */
    StoreSnapshot open(ServerConfig.Storage config, Instant time) {
        Path state = of(time);
        if (!Files.isDirectory(state, LinkOption.NOFOLLOW_LINKS)) {
            throw new StoreException(ErrorCode.NOT_FOUND, "No state of " + time + " is kept in " + folder + ".");
        }
        Lance.load(LanceMemory.of(config.cacheSize()));
        Snapshot snapshot = new Snapshot(new Versions(state).open().dataset());
        try {
            Table.requireKnownFormat(Table.format(snapshot.dataset()), state);
            State all = Opening.read(snapshot).state();
            snapshot.lend();
            return new LanceDbSnapshot(new View(all, new ReadTurn()));
        } finally {
            // Closed with the one that reads it.
            snapshot.retire();
        }
    }

    private static Optional<Instant> time(String name) {
        try {
            return Optional.of(LocalDateTime.parse(name, NAME).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            // Of one that is just being made, or a file of somebody else.
            return Optional.empty();
        }
    }
}
