package io.mcpserver.storage.lancedb.passages;

import io.mcpserver.storage.FolderDelete;
import io.mcpserver.storage.FreeSpace;
import io.mcpserver.storage.search.IndexFormat;
import io.mcpserver.storage.search.SearchIndex;
import io.mcpserver.storage.search.SearchIndexFactory;
import io.mcpserver.storage.search.SearchIndexFactory.Contents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Opens indexes in Lance: {@code storage.search_index: lance}, with an engine that has loaded Lance. */
public final class PassageIndexFactory implements SearchIndexFactory {

    /** Grows when columns, passages or the analysis of texts change. */
    static final String VERSION = "lance-1";

    private static final String DATASET = "passages.lance";

    /** Bytes of a dataset without rows, by a generous guess. */
    private static final long ROOM_FOR_NEW = 100_000;

    static Path dataset(Path folder) {
        return folder.resolve(DATASET);
    }

    @Override
    public String name() {
        return "lance";
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public IndexFormat verify(Path folder) throws IOException {
        Optional<Position> position = Position.read(folder);
        if (position.isEmpty()) {
            return IndexFormat.MISSING;
        }
        position.get().requireIntact(dataset(folder));
        return new IndexFormat(
                position.get().format(), position.get().model(), position.get().sequence());
    }

    @Override
    public SearchIndex open(Path folder, Contents contents) throws IOException {
        try {
            Optional<Position> position = Position.read(folder);
            return position.isPresent() ? open(folder, contents, position.get()) : create(folder, contents);
        } catch (RuntimeException e) {
            throw new IOException("The passages in " + folder + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static SearchIndex open(Path folder, Contents contents, Position position) throws IOException {
        PassageTable table = PassageTable.open(dataset(folder), contents, position.version());
        return index(folder, contents, table, position);
    }

    private static SearchIndex create(Path folder, Contents contents) throws IOException {
        // Without a position, it is what a process left that was killed before its first commit.
        if (Files.exists(dataset(folder))) {
            FolderDelete.delete(dataset(folder));
        }
        FreeSpace.requireSpare(folder, ROOM_FOR_NEW);
        PassageTable table = PassageTable.create(dataset(folder), contents);
        Position beginning = new Position(VERSION, contents.model(), 0, table.version(), 0, Map.of());
        return index(folder, contents, table, beginning);
    }

    private static SearchIndex index(Path folder, Contents contents, PassageTable table, Position position)
            throws IOException {
        try {
            if (position.files().isEmpty()) {
                Upkeep.text(table.dataset());
            } else {
                // Also what a process left that was killed, or whose disk was full.
                table.dropVersionsBefore(position.version());
            }
            return new PassageIndex(folder, contents, table, position);
        } catch (RuntimeException e) {
            table.close();
            throw e;
        }
    }
}
