package io.mcpserver.config;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Files and folders that may change, or may not be there yet; what is seen of them without reading them. */
final class WatchedPaths {

    /** Of a folder with more files than this, a change is told only where the system tells it. */
    private static final int MOST_FILES = 10_000;

    /** What is seen of one file. */
    private record Stamp(boolean folder, long bytes, FileTime modified, Object identity) {

        private static final Stamp MISSING = new Stamp(false, -1, FileTime.fromMillis(0), "");
        private static final Stamp FOLDER = new Stamp(true, 0, FileTime.fromMillis(0), "");
    }

    /** What is seen of all; equal while nothing changes. */
    record State(Map<Path, Stamp> stamps) {}

    private final List<Path> paths;
    private Set<Path> realFolders = Set.of();
    private Set<Path> realFiles = Set.of();

    WatchedPaths(Collection<Path> paths) {
        this.paths = paths.stream()
                .map(path -> path.toAbsolutePath().normalize())
                .distinct()
                .toList();
    }

    State state() {
        Map<Path, Stamp> stamps = new HashMap<>();
        for (Path path : paths) {
            Stamp stamp = stamp(path);
            stamps.put(path, stamp);
            if (stamp.folder()) {
                entries(path, stamps);
            }
        }
        return new State(stamps);
    }

    private static void entries(Path folder, Map<Path, Stamp> stamps) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, entry -> !hidden(entry))) {
            int count = 0;
            for (Path entry : entries) {
                if (++count > MOST_FILES) {
                    break;
                }
                stamps.put(entry, stamp(entry));
            }
        } catch (IOException | DirectoryIteratorException e) {
            stamps.put(folder, Stamp.MISSING);
        }
    }

    private static Stamp stamp(Path path) {
        try {
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            if (found.isDirectory()) {
                return Stamp.FOLDER;
            }
            Object identity = Optional.ofNullable(found.fileKey()).orElse("");
            return new Stamp(false, found.size(), found.lastModifiedTime(), identity);
        } catch (IOException e) {
            return Stamp.MISSING;
        }
    }

    /** The folders in which a change may be one of these paths; as they are now. */
    Set<Path> folders() {
        Set<Path> folders = new HashSet<>();
        Set<Path> watched = new HashSet<>();
        Set<Path> files = new HashSet<>();
        for (Path path : paths) {
            nearest(path.getParent()).ifPresent(parent -> {
                folders.add(parent);
                files.add(parent.resolve(path.getFileName()));
            });
            real(path).ifPresent(target -> {
                if (Files.isDirectory(target)) {
                    folders.add(target);
                    watched.add(target);
                } else {
                    folders.add(target.getParent());
                    files.add(target);
                }
            });
        }
        realFolders = watched;
        realFiles = files;
        return folders;
    }

    /** Whether one of these is a watched file, or a file in a watched folder, as of the last {@link #folders}. */
    boolean touchedBy(Set<Path> touched) {
        return touched.stream()
                .anyMatch(
                        path -> realFiles.contains(path) || (realFolders.contains(path.getParent()) && !hidden(path)));
    }

    private static boolean hidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    /** The folder, or the nearest above it that is there. */
    private static Optional<Path> nearest(Path folder) {
        for (Path up = folder; up != null; up = up.getParent()) {
            if (Files.isDirectory(up)) {
                return real(up);
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> real(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
