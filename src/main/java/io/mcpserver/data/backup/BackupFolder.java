package io.mcpserver.data.backup;

import io.mcpserver.storage.StorageFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of backups that are made again and again. They are known by their names, which have the time; nothing else in
 * the folder is touched.
 */
public final class BackupFolder {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss");
    private static final Pattern NAME = Pattern.compile("mcp-server-([0-9]{8}-[0-9]{6})\\.tar\\.gz(\\.age)?");

    private record Dated(Path file, Instant time) {}

    private final Path folder;

    public BackupFolder(Path folder) {
        this.folder = folder;
    }

    /** The file of a backup of now; makes the folder where there is none. */
    public Path file(Instant now, boolean encrypted) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw StorageFault.of("The folder of backups " + folder + " cannot be made", e);
        }
        String time = TIME.format(now.atOffset(ZoneOffset.UTC));
        return folder.resolve("mcp-server-" + time + ".tar.gz" + (encrypted ? ".age" : ""));
    }

    /** When the newest backup was made; empty where there is none. */
    public Optional<Instant> newest() {
        return all().stream().findFirst().map(Dated::time);
    }

    /** The newest backup that was begun at a time or before it; empty where there is none. */
    public Optional<Path> newestUntil(Instant time) {
        return all().stream()
                .filter(backup -> !backup.time().isAfter(time))
                .findFirst()
                .map(Dated::file);
    }

    /** When the oldest backup was begun; empty where there is none. */
    public Optional<Instant> oldest() {
        List<Dated> all = all();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast().time());
    }

    /** Deletes all but the newest; returns what was deleted. */
    public List<Path> prune(int keep) {
        List<Path> old = all().stream().skip(keep).map(Dated::file).toList();
        for (Path file : old) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw StorageFault.of("The old backup " + file + " cannot be deleted", e);
            }
        }
        return old;
    }

    /** The newest first. */
    private List<Dated> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(BackupFolder::dated)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparing(Dated::time).reversed())
                    .toList();
        } catch (IOException e) {
            throw StorageFault.of("The folder of backups " + folder + " cannot be read", e);
        }
    }

    private static Optional<Dated> dated(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches() || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Instant time = LocalDateTime.parse(name.group(1), TIME).toInstant(ZoneOffset.UTC);
            return Optional.of(new Dated(file, time));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
