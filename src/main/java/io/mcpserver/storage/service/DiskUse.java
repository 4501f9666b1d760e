package io.mcpserver.storage.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
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

    /** Files that have several names are counted once. */
    private static long size(Path folder) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        Set<Object> counted = new HashSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(file -> size(file, counted)).sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    private static long size(Path file, Set<Object> counted) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Object key = attributes.fileKey();
            return attributes.isRegularFile() && (key == null || counted.add(key)) ? attributes.size() : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
