package io.mcpserver.cli;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A file by which the launcher knows that this user has a server that may own a data folder, so that it first starts the
 * small process that can pass on to it. It only says in which order to look: nothing depends on its being there, or right.
 */
final class OwnerMark implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(OwnerMark.class.getName());

    private final Optional<Path> file;

    private OwnerMark(Optional<Path> file) {
        this.file = file;
    }

    /** Leaves the mark of this process, where the user has a folder for such things, and removes those of dead ones. */
    static OwnerMark leave(Map<String, String> environment) {
        try {
            Optional<Path> marks = folder(environment);
            if (marks.isEmpty()) {
                return new OwnerMark(Optional.empty());
            }
            Files.createDirectories(marks.get());
            sweep(marks.get());
            Path file =
                    marks.get().resolve(Long.toString(ProcessHandle.current().pid()));
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
            return new OwnerMark(Optional.of(file));
        } catch (IOException | InvalidPathException e) {
            LOG.log(Level.DEBUG, "No mark for the launcher", e);
            return new OwnerMark(Optional.empty());
        }
    }

    /** Removes the mark. */
    @Override
    public void close() {
        file.ifPresent(OwnerMark::remove);
    }

    private static void sweep(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.matches("[0-9]{1,18}")
                        && ProcessHandle.of(Long.parseLong(name)).isEmpty()) {
                    remove(file);
                }
            }
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, file + " stays", e);
        }
    }

    /** As the launcher has it. */
    private static Optional<Path> folder(Map<String, String> environment) {
        return text(environment, "XDG_CACHE_HOME")
                .map(Path::of)
                .or(() -> text(environment, "HOME").map(home -> Path.of(home, ".cache")))
                .filter(cache -> cache.isAbsolute())
                .map(cache -> cache.resolve("mcp-server").resolve("owners"));
    }

    private static Optional<String> text(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }
}
