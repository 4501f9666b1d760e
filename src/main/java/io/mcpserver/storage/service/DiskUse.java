package io.mcpserver.storage.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a data folder takes on disk, in bytes.
 *
 * @param record everything but the search index
 * @param index the search index
 * @param free what can still be written there
 */
public record DiskUse(long record, long index, long free) {

    /** Counts now; what comes and goes meanwhile may be counted or not. */
    public static DiskUse of(Path data) {
        Path index = data.resolve(StoreService.INDEX_FOLDER);
        long indexed = size(index);
        return new DiskUse(
                Math.max(0, size(data) - indexed), indexed, data.toFile().getUsableSpace());
    }

    private static long size(Path folder) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }
}
