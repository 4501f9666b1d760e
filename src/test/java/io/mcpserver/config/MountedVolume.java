package io.mcpserver.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder whose files Kubernetes writes, as it does for a ConfigMap: links into {@code ..data}, itself a link that is
 * swapped as a whole.
 */
public final class MountedVolume {

    private final Path folder;
    private int version;

    public MountedVolume(Path folder) {
        this.folder = folder;
    }

    /** Puts one file in the place of all that were there. */
    public void swap(String name, String text) throws IOException {
        swap(Map.of(name, text));
    }

    /** Puts these files, name to text, in the place of all that were there. */
    public void swap(Map<String, String> files) throws IOException {
        Path before = version == 0 ? null : folder.resolve("..version_" + version);
        Path next = Files.createDirectory(folder.resolve("..version_" + ++version));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(next.resolve(file.getKey()), file.getValue());
        }
        Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), next.getFileName());
        Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        for (String name : files.keySet()) {
            if (!Files.isSymbolicLink(folder.resolve(name))) {
                Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
            }
        }
        removeStale(files);
        if (before != null) {
            delete(before);
        }
    }

    private void removeStale(Map<String, String> files) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> stale = entries.filter(
                            entry -> !entry.getFileName().toString().startsWith("..")
                                    && !files.containsKey(entry.getFileName().toString()))
                    .toList();
            for (Path entry : stale) {
                Files.delete(entry);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
